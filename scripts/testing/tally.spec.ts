import { parseCounts } from './results.ts';
import { closingLine, judgeCheck, judgeSuite, summaryTable } from './tally.ts';

describe('the tally of a test run', () => {
  it('counts a suite by its own results', () => {
    expect(judgeSuite(1, { passed: 7, failed: 2, skipped: 0 })).toEqual({ passed: 7, failed: 2, note: '' });
  });

  it('counts a suite that crashed as one failure', () => {
    expect(judgeSuite(134, undefined)).toEqual({
      passed: 0,
      failed: 1,
      note: 'did not finish (exit code 134)',
    });
  });

  it('counts a suite that ran no test as one failure, even when it ended well', () => {
    expect(judgeSuite(0, { passed: 0, failed: 0, skipped: 4 })).toEqual({
      passed: 0,
      failed: 1,
      note: 'ran no test',
    });
  });

  it('counts a bad end without a failed test as one failure', () => {
    expect(judgeSuite(2, { passed: 7, failed: 0, skipped: 0 }).failed).toBe(1);
  });

  it('says how many tests were skipped', () => {
    expect(judgeSuite(0, { passed: 7, failed: 0, skipped: 1 }).note).toBe('1 skipped');
  });

  it('counts a failed check, and takes no passed one for a test', () => {
    expect(judgeCheck(2).failed).toBe(1);
    expect(judgeCheck(0)).toEqual({ passed: 0, failed: 0, note: '' });
  });

  it('closes with one line over all', () => {
    const outcomes = [
      { title: 'types', passed: 0, failed: 1, note: 'exit code 2', durationMs: 900 },
      { title: 'server specs', passed: 120, failed: 0, note: '', durationMs: 4100 },
      { title: 'web specs', passed: 80, failed: 2, note: '', durationMs: 21_000 },
    ];
    expect(closingLine(outcomes)).toBe('200 passed, 3 failed');
    expect(summaryTable(outcomes)).toEqual([
      '✗ types         0 passed, 1 failed           0.9 s  exit code 2',
      '✓ server specs  120 passed, 0 failed         4.1 s',
      '✗ web specs     80 passed, 2 failed         21.0 s',
    ]);
  });
});

describe('the results of a suite', () => {
  it('are read from our own reporters', () => {
    expect(parseCounts({ passed: 3, failed: 1, skipped: 0 })).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('are read from Playwright, with flaky tests and files that did not load among the failed', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(parseCounts(report)).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });

  it('are nothing when they are something else', () => {
    expect(parseCounts({ passed: 'three' })).toBeUndefined();
    expect(parseCounts(null)).toBeUndefined();
  });
});
