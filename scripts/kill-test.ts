import { runKillTest } from '../server/testing/kill-test/kill-test.ts';

const [events = 10_000, drops = 50, kills = 10] = process.argv.slice(2).map(Number);
const result = await runKillTest({ events, drops, kills, senders: 4 });
console.table(result);
const faults = result.lost + result.shownTwice + result.outOfOrder + result.notices;
if (faults > 0 || result.acknowledged !== events) process.exitCode = 1;
