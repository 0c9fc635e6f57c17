import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where `ng build` writes the web app, and the server reads it. */
export const WEB_OUTPUT = 'dist/web';

/** Inside the output, so that whatever empties the output takes the stamp along. */
const STAMP = '.built-from';

const SOURCES = [
  'web/**/*',
  'server/protocol/**/*.ts',
  'angular.json',
  'tsconfig.json',
  'package-lock.json',
  'scripts/build.ts',
  'scripts/finish-page.ts',
  'scripts/merge-start.ts',
  'scripts/precompress.ts',
  'scripts/texts/*.ts',
];
const NOT_BUILT = [
  'web/e2e',
  'web/app/testing',
  'web/**/*.spec.ts',
  'web/karma.conf.cjs',
  'web/proxy.conf.json',
];

/** A checksum over everything that decides what the built web app is. */
export function sourcesChecksum(root = ROOT): string {
  const hash = createHash('sha256');
  for (const path of sourceFiles(root)) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** Whether the built web app is there and was made of the sources as they are now. */
export function isWebBuilt(root = ROOT, output = WEB_OUTPUT): boolean {
  const stamp = join(root, output, STAMP);
  return (
    existsSync(join(root, output, 'index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sourcesChecksum(root)
  );
}

/** Notes which sources the output was made of. */
export function stampWebBuild(checksum: string, root = ROOT, output = WEB_OUTPUT): void {
  writeFileSync(join(root, output, STAMP), checksum);
}

function sourceFiles(root: string): string[] {
  return globSync(SOURCES, { cwd: root, exclude: NOT_BUILT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .sort();
}
