import { startTestBridge } from '../start-bridge.ts';
import { partsFor } from '../start-world.ts';

/** What the process is told on its command line: folder, port (0: any) and origin of its cloud. */
const [dataDir = '', port = '0', cloudOrigin = ''] = process.argv.slice(2);

// A bridge of its own process, so that it can be killed. Nothing here stops it: that is the point.
const bridge = await startTestBridge(partsFor(cloudOrigin), { dataDir, port: Number(port) });
process.send?.({ origin: bridge.origin });
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
