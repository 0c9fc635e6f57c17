import { INSTANT_PACE } from '../../emulator/agent/agent-pace.ts';
import { echo } from '../../emulator/agent/scripts/echo.ts';
import { startEmulator } from '../../emulator/emulator.ts';

// An emulator in a process of its own, so that its memory is nobody else's. Started with --expose-gc.
const emulator = await startEmulator({
  host: '127.0.0.1',
  httpPort: 0,
  webhookUrl: process.argv[2] ?? '',
  agentPace: INSTANT_PACE,
  agentScript: echo,
});
process.on('message', () => process.send?.({ heapBytes: heapAfterCollection() }));
process.once('disconnect', () => void emulator[Symbol.asyncDispose]());
process.send?.({ origin: emulator.origin });

/** What is still referred to: twice, for what the first collection frees may hold the last reference to more. */
function heapAfterCollection(): number {
  if (!globalThis.gc) throw new Error('the process must be started with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
