// npm test: every suite, one after the other, none left out because another failed.
// npm run check: the same between the static checks and the walks through every look and all texts, cheapest first.
// The last line is always `N passed, N failed`; the exit code is 0 only when nothing failed.
import { runCommand } from './run-command.mjs';
import { ROOT } from './web-build.ts';
import { ensureChromium } from './find-chromium.ts';
import { leftOut } from './testing/left-out.ts';
import { forgetResults, readCounts } from './testing/results.ts';
import { CHECKS, LATE_CHECKS, TESTS, type Step } from './testing/steps.ts';
import { closingLine, judgeCheck, judgeSuite, summaryTable, type Outcome } from './testing/tally.ts';

/** No step takes a quarter of this; one that hangs must not keep the others from being told. */
const STEP_TIMEOUT_MS = 20 * 60_000;

const steps = process.argv.includes('--with-checks') ? [...CHECKS, ...TESTS, ...LATE_CHECKS] : TESTS;
forgetResults();
setBrowser();

const outcomes: Outcome[] = [];
for (const step of steps) outcomes.push(await run(step));

console.log(`\n${summaryTable(outcomes).join('\n')}`);
for (const line of leftOut()) console.log(`! ${line}`);
console.log(`\n${closingLine(outcomes)}`);
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;

async function run(step: Step): Promise<Outcome> {
  const { title, command, suite } = step;
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`);
  const startedAt = performance.now();
  const [program = '', ...args] = command;
  const exitCode = await runCommand(program, args, { cwd: ROOT, timeout: STEP_TIMEOUT_MS });
  const durationMs = performance.now() - startedAt;
  const judgement = suite === undefined ? judgeCheck(exitCode) : judgeSuite(exitCode, readCounts(suite));
  return { title, durationMs, ...judgement };
}

/** Karma and Playwright take the browser from CHROME_BIN. Without one, their suites fail and the reason stands here. */
function setBrowser(): void {
  try {
    process.env['CHROME_BIN'] = ensureChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
}
