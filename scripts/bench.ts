// npm run bench [-- --quick]: the figures of docs/performance.md, taken anew. --quick: one short round, to see that it runs.
import { cpus } from 'node:os';

import { FULL_SIZE, QUICK_SIZE, runBench } from '../server/bench/bench.ts';
import { markdownTable } from '../server/bench/report.ts';

const size = process.argv.includes('--quick') ? QUICK_SIZE : FULL_SIZE;
const startedAt = performance.now();
const rows = await runBench(size, (words) => console.error(words));
const date = new Date().toISOString().slice(0, 10);
const seconds = Math.round((performance.now() - startedAt) / 1000);
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${process.platform}`;
console.log(
  `\nTaken by \`npm run bench\` on ${date}, ${machine}, medians of ${size.rounds} rounds, ${seconds} s:\n`,
);
console.log(markdownTable(rows));
if (rows.some(({ isMet }) => isMet === false))
  console.log('\nNot every goal is met; see docs/performance.md.');
