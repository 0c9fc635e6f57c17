import type { Counts } from './results.ts';

/** One line of the summary: a check, a build or a suite of tests. */
export interface Outcome {
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  /** What else must be said, e.g. why a crash counts as a failure; empty when nothing. */
  readonly note: string;
  readonly durationMs: number;
}

type Judgement = Pick<Outcome, 'passed' | 'failed' | 'note'>;

/**
 * What a suite's counts and its exit code mean together.
 *
 * A suite that crashed, ran nothing, or complained without naming a test counts as one failure: silence is no success.
 */
export function judgeSuite(exitCode: number, counts: Counts | undefined): Judgement {
  if (counts === undefined) return { passed: 0, failed: 1, note: `did not finish (exit code ${exitCode})` };
  const { passed, failed, skipped } = counts;
  if (passed + failed === 0) return { passed, failed: 1, note: 'ran no test' };
  if (failed === 0 && exitCode !== 0) {
    return { passed, failed: 1, note: `ended with exit code ${exitCode} although no test failed` };
  }
  return { passed, failed, note: skipped === 0 ? '' : `${skipped} skipped` };
}

/** What the exit code of a check or a build means. It is no test: only its failure counts. */
export function judgeCheck(exitCode: number): Judgement {
  return { passed: 0, failed: exitCode === 0 ? 0 : 1, note: exitCode === 0 ? '' : `exit code ${exitCode}` };
}

/** The table at the end, one line for each outcome. */
export function summaryTable(outcomes: readonly Outcome[]): string[] {
  const width = Math.max(...outcomes.map(({ title }) => title.length));
  return outcomes.map(({ title, passed, failed, note, durationMs }) => {
    const mark = failed === 0 ? '✓' : '✗';
    const result = passed + failed === 0 ? 'ok' : `${passed} passed, ${failed} failed`;
    const seconds = `${(durationMs / 1000).toFixed(1)} s`;
    const cells = [title.padEnd(width), result.padEnd(24), seconds.padStart(8), note];
    return `${mark} ${cells.join('  ')}`.trimEnd();
  });
}

/** The closing line, read by people and programs: `N passed, N failed`. */
export function closingLine(outcomes: readonly Outcome[]): string {
  const passed = outcomes.reduce((total, outcome) => total + outcome.passed, 0);
  const failed = outcomes.reduce((total, outcome) => total + outcome.failed, 0);
  return `${passed} passed, ${failed} failed`;
}
