// npm run texts [-- --check]: every text of the web app, read from its sources, into web/texts/messages.xlf.
// With --check it writes nothing and fails when the catalogue is not what the sources say.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { differencesOf, textsOf, withoutLines } from './texts/catalogue.ts';
import { CATALOGUE, EXTRACTED } from './texts/files.ts';
import { ROOT } from './web-build.ts';

const file = join(ROOT, CATALOGUE);
const code = await runCommand('ng', ['extract-i18n', '--progress=false'], {
  cwd: ROOT,
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (code === 0) process.exitCode = process.argv.includes('--check') ? check() : write();
else process.exitCode = code;

function current(): string {
  return withoutLines(readFileSync(join(ROOT, EXTRACTED), 'utf8'));
}

function write(): number {
  const catalogue = current();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, catalogue);
  console.log(`${CATALOGUE}: ${textsOf(catalogue).length} texts.`);
  return 0;
}

function check(): number {
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const catalogue = current();
  if (committed === catalogue) {
    console.log(`${CATALOGUE} has all ${textsOf(catalogue).length} texts.`);
    return 0;
  }
  const differences = differencesOf(committed, catalogue);
  for (const line of differences.slice(0, 20)) console.error(line);
  if (differences.length > 20) console.error(`… and ${differences.length - 20} more`);
  console.error(`${CATALOGUE} is not what the sources say. Run "npm run texts" and commit it.`);
  return 1;
}
