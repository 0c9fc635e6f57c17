import { runSoak } from '../server/testing/emulator-soak/soak.ts';

const [conversations = 200, messages = 50, seed = 1] = process.argv.slice(2).map(Number);
const { heapBytes, faults, ...result } = await runSoak({ conversations, messages, seed });
const mebibytes = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10;
console.table(result);
console.table(faults);
console.table({
  'heap at the start, MiB': mebibytes(heapBytes.start),
  'with all that was said, MiB': mebibytes(heapBytes.full),
  'after a reset, MiB': mebibytes(heapBytes.end),
});
const wrong = result.missing + result.outOfOrder + result.wronglyTold + result.unexplained;
const growth = heapBytes.end - heapBytes.start;
if (wrong > 0 || growth > 2 * 2 ** 20) process.exitCode = 1;
