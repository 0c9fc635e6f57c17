// npm run measure [-- --cold]: the README's figures, taken anew. --cold installs into a clone with an empty npm cache (minutes).
import { cpus } from 'node:os';
import { measureFirstMessage, type FirstMessage } from './measure/first-message.ts';
import { initialJavaScriptBytes } from './measure/initial-javascript.ts';
import { productionInstall } from './measure/production-install.ts';
import { withFreshClone } from './measure/fresh-clone.ts';
import { runCommand } from './run-command.mjs';
import { ROOT } from './web-build.ts';

type Row = readonly [what: string, figure: string, goal: string];

const isCold = process.argv.includes('--cold');
process.exitCode = await runCommand(process.execPath, ['scripts/build.ts', '--if-changed'], { cwd: ROOT });
if (process.exitCode === 0) printTable(await measure());

async function measure(): Promise<Row[]> {
  const { packages, bytes } = await productionInstall();
  return [
    ...(isCold
      ? [messageRow('Clone to answered message, nothing installed, empty npm cache', await coldMessage(), '')]
      : []),
    messageRow(
      '`npm run start-local` to answered message, second start',
      await measureFirstMessage(ROOT),
      '≤ 5 s',
    ),
    ['Initial JavaScript, gzip', `${(initialJavaScriptBytes() / 1000).toFixed(0)} kB`, '≤ 180 kB'],
    [
      'Production install',
      `${packages} packages, ${(bytes / 2 ** 20).toFixed(1)} MiB`,
      '≤ 100 packages, ≤ 15 MiB',
    ],
  ];
}

function messageRow(what: string, { startedMs, answeredMs }: FirstMessage, goal: string): Row {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [what, `${seconds(answeredMs)} (listening after ${seconds(startedMs)})`, goal];
}

function coldMessage(): Promise<FirstMessage> {
  return withFreshClone((folder, env) => measureFirstMessage(folder, env));
}

function printTable(rows: readonly Row[]): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${process.platform}`;
  const date = new Date().toISOString().slice(0, 10);
  console.log(`\nTaken by \`npm run measure${isCold ? ' -- --cold' : ''}\` on ${date}, ${machine}:\n`);
  console.log('| what | figure | goal |\n| --- | --- | --- |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
