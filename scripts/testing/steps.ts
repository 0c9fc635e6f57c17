import type { SuiteName } from './results.ts';

/** One thing that `npm test` or `npm run check` runs. */
export interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** The suite whose results it leaves; absent: a check, of which only the exit code counts. */
  readonly suite?: SuiteName;
}

const node = process.execPath;

/** What needs no test to run, cheapest first. */
export const CHECKS: readonly Step[] = [
  { title: 'lockfile', command: [node, 'scripts/lockcheck.mjs'] },
  { title: 'dependency rules', command: ['npm', 'run', '--silent', 'deps'] },
  { title: 'format', command: ['npm', 'run', '--silent', 'format'] },
  { title: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { title: 'texts', command: [node, 'scripts/texts.ts', '--check'] },
  { title: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
];

/** The suites, cheapest first, and the build that the browser tests open. */
export const TESTS: readonly Step[] = [
  { title: 'server specs', command: ['npm', 'run', '--silent', 'test:server'], suite: 'server' },
  { title: 'web specs', command: ['npm', 'run', '--silent', 'test:web'], suite: 'web' },
  { title: 'build', command: [node, 'scripts/build.ts', '--if-changed'] },
  { title: 'browser tests', command: ['npm', 'run', '--silent', 'test:e2e'], suite: 'browser' },
];

/** The checks that take a built app and a browser, and minutes. */
export const LATE_CHECKS: readonly Step[] = [
  { title: 'every look of every screen', command: ['npm', 'run', '--silent', 'test:looks'], suite: 'looks' },
  {
    title: 'build in the pseudo language',
    command: [node, 'scripts/build.ts', '--if-changed', '--pseudo'],
  },
  { title: 'texts on every screen', command: ['npm', 'run', '--silent', 'test:texts'], suite: 'texts' },
];
