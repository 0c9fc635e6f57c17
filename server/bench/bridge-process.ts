import { startTestBridge } from '../testing/start-bridge.ts';
import { partsFor } from '../testing/start-world.ts';
import { tellUsage } from './usage.ts';

/** What the process is told on its command line: data folder and origin of its cloud. */
const [dataDir = '', cloudOrigin = ''] = process.argv.slice(2);

tellUsage();
// One session reads all streams of a run.
const bridge = await startTestBridge(partsFor(cloudOrigin), { dataDir, streamsPerSession: 10_000 });
process.send?.({ origin: bridge.origin });
