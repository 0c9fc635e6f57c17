import { LoadGenerator, type Load } from './load.ts';

/** The load generator in a process of its own, so that its work does not count as the relay's. */
const generator = new LoadGenerator();
process.on('message', (load) => void generator.run(load as Load).then((result) => process.send?.(result)));
process.once('disconnect', () => process.exit());
process.send?.('ready');
