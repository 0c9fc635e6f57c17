import { runFuzz } from '../server/testing/fuzz/fuzz.ts';

const [runs = 100_000, seed] = process.argv.slice(2).map(Number);
const result = await runFuzz({ runs, ...(seed !== undefined && { seed }) });
console.log(JSON.stringify({ runs, ...result }, null, 2));
