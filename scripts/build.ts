// npm run build [-- --if-changed] [--pseudo]: the web app into dist/web, with compressed copies beside its files. The server
// has no build. --pseudo adds the language that is none, for the browser tests, in a folder of its own
// (docs/adr/0009-texts-marked-where-used.md).
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from './run-command.mjs';
import { finishPage } from './finish-page.ts';
import { mergeStart } from './merge-start.ts';
import { precompress } from './precompress.ts';
import { translateBootWords } from './texts/boot-words.ts';
import { pseudoTranslation } from './texts/catalogue.ts';
import { CATALOGUE, PSEUDO } from './texts/files.ts';
import { ROOT, WEB_OUTPUT, isWebBuilt, sourcesChecksum, stampWebBuild } from './web-build.ts';

const { values: wanted } = parseArgs({
  options: {
    'if-changed': { type: 'boolean' },
    pseudo: { type: 'boolean' },
  },
});
const outputs = wanted.pseudo ? [WEB_OUTPUT, PSEUDO.output] : [WEB_OUTPUT];

if (wanted['if-changed'] && outputs.every((output) => isWebBuilt(ROOT, output)))
  console.log(`The web app in ${outputs.join(' and ')} is up to date.`);
else process.exitCode = await build();

async function build(): Promise<number> {
  // Taken before the build: a source saved meanwhile makes the stamp differ, and the next build runs.
  const checksum = sourcesChecksum();
  if (wanted.pseudo) writePseudoTranslation();
  const code = await runCommand(
    'ng',
    ['build', ...(wanted.pseudo ? ['--configuration', 'production,pseudo'] : [])],
    { cwd: ROOT },
  );
  if (code !== 0) return code;
  if (wanted.pseudo) moveApart();
  for (const output of outputs) translateBootWords(join(ROOT, output), ROOT);
  await mergeStart(join(ROOT, WEB_OUTPUT));
  finishPage(join(ROOT, WEB_OUTPUT));
  const { files, plainBytes, gzipBytes, brotliBytes } = precompress(join(ROOT, WEB_OUTPUT));
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(
    `Compressed ${files} files: ${kB(plainBytes)}, gzip ${kB(gzipBytes)}, brotli ${kB(brotliBytes)}.`,
  );
  for (const output of outputs) stampWebBuild(checksum, ROOT, output);
  return 0;
}

function writePseudoTranslation(): void {
  const file = join(ROOT, PSEUDO.translation);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, pseudoTranslation(readFileSync(join(ROOT, CATALOGUE), 'utf8'), PSEUDO.language));
}

/** What ships holds no language but its own. */
function moveApart(): void {
  const target = join(ROOT, PSEUDO.output);
  rmSync(target, { recursive: true, force: true });
  renameSync(join(ROOT, WEB_OUTPUT, PSEUDO.language), target);
}
