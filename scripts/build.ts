// npm run build [-- --if-changed]: the web app into dist/web, with compressed copies beside its files. The server has no build.
import { join } from 'node:path';
import { runCommand } from './run-command.mjs';
import { finishPage } from './finish-page.ts';
import { mergeStart } from './merge-start.ts';
import { precompress } from './precompress.ts';
import { ROOT, WEB_OUTPUT, isWebBuilt, sourcesChecksum, stampWebBuild } from './web-build.ts';

const isOnlyIfChanged = process.argv.includes('--if-changed');
if (isOnlyIfChanged && isWebBuilt()) console.log(`The web app in ${WEB_OUTPUT} is up to date.`);
else process.exitCode = await build();

async function build(): Promise<number> {
  // Taken before the build: a source saved meanwhile makes the stamp differ, and the next build runs.
  const checksum = sourcesChecksum();
  const code = await runCommand('ng', ['build'], { cwd: ROOT });
  if (code !== 0) return code;
  await mergeStart(join(ROOT, WEB_OUTPUT));
  finishPage(join(ROOT, WEB_OUTPUT));
  const { files, plainBytes, gzipBytes, brotliBytes } = precompress(join(ROOT, WEB_OUTPUT));
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(
    `Compressed ${files} files: ${kB(plainBytes)}, gzip ${kB(gzipBytes)}, brotli ${kB(brotliBytes)}.`,
  );
  stampWebBuild(checksum);
  return 0;
}
