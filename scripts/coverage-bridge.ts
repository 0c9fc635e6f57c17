// Runs the specs of the bridge's core and checks that each part of it is covered, not only all of them together.
import { runCommand } from './run-command.mjs';

const LEAST_PERCENT = '95';
const REPORTS = 'dist/coverage/bridge';

/** Receiver, store, the files of its databases, stream, masking. */
const PARTS = ['webhooks', 'event-store', 'storage', 'event-stream', 'logging'];
/** Whose specs reach them. */
const SPECS = [
  ...[...PARTS, 'metrics', 'health', 'endpoint-checks'].map((folder) => `server/bridge/${folder}/*.spec.ts`),
  'server/bridge/shutdown.spec.ts',
  'server/bridge/http/first-page.spec.ts',
];

function c8(parts: readonly string[], ...args: readonly string[]): Promise<number> {
  const folders = parts.flatMap((part) => ['--include', `server/bridge/${part}/**`]);
  return runCommand('c8', [
    ...folders,
    '--exclude',
    '**/*.{spec,contract}.ts',
    '--reports-dir',
    REPORTS,
    ...args,
  ]);
}

const jasmine = ['jasmine', '--config=server/jasmine.json', ...SPECS];
const code = await c8(PARTS, '--temp-directory', `${REPORTS}/tmp`, '--reporter', 'text', ...jasmine);
const failed = code === 0 ? await lacking() : [];
if (failed.length > 0) console.error(`Below ${LEAST_PERCENT} % of lines or branches: ${failed.join(', ')}`);
process.exitCode = code === 0 && failed.length === 0 ? 0 : 1;

/** The parts that the specs just run do not cover far enough. */
async function lacking(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const part of PARTS) {
    const least = ['--lines', LEAST_PERCENT, '--branches', LEAST_PERCENT];
    const isBelow =
      (await c8([part], '--temp-directory', `${REPORTS}/tmp`, ...least, 'check-coverage')) !== 0;
    if (isBelow) found.push(part);
  }
  return found;
}
