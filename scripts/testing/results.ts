import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../web-build.ts';

/** How the tests of one suite ended. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The suites; each writes `dist/test-results/<name>.json` when its run is complete. */
export type SuiteName = 'server' | 'web' | 'browser' | 'looks' | 'texts';

export const RESULTS_FOLDER = join(ROOT, 'dist/test-results');

/** Where a suite leaves its results. */
export function resultsFile(suite: SuiteName): string {
  return join(RESULTS_FOLDER, `${suite}.json`);
}

/** Removes what an earlier run left: a suite that crashes must not be counted by its last success. */
export function forgetResults(): void {
  rmSync(RESULTS_FOLDER, { recursive: true, force: true });
  mkdirSync(RESULTS_FOLDER, { recursive: true });
}

export function saveCounts(suite: SuiteName, counts: Counts): void {
  mkdirSync(RESULTS_FOLDER, { recursive: true });
  writeFileSync(resultsFile(suite), JSON.stringify(counts));
}

/** What a suite left; `undefined` when its run never came to an end. */
export function readCounts(suite: SuiteName): Counts | undefined {
  try {
    return parseCounts(JSON.parse(readFileSync(resultsFile(suite), 'utf8')));
  } catch {
    // No file or half a file says the same: the suite did not finish.
    return undefined;
  }
}

/** Reads our own counts, or those of Playwright's JSON reporter; `undefined` when it is neither. */
export function parseCounts(value: unknown): Counts | undefined {
  if (!isRecord(value)) return undefined;
  const stats = value['stats'];
  const [passed, failed, skipped] = isRecord(stats)
    ? [stats['expected'], sum(stats['unexpected'], stats['flaky'], errorsOf(value)), stats['skipped']]
    : [value['passed'], value['failed'], value['skipped']];
  if (typeof passed !== 'number' || typeof failed !== 'number' || typeof skipped !== 'number')
    return undefined;
  return { passed, failed, skipped };
}

/** Errors outside a test, e.g. a file that cannot be loaded. */
function errorsOf(report: Readonly<Record<string, unknown>>): number {
  return Array.isArray(report['errors']) ? report['errors'].length : 0;
}

/** A flaky test is a failed one. */
function sum(...values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : NaN), 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
