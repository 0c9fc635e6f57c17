import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Rolldown from 'rolldown';

/** The bundler that `ng build` brings along. */
const { rolldown } = createRequire(createRequire(import.meta.url).resolve('@angular/build'))(
  'rolldown',
) as typeof Rolldown;

/**
 * Puts what the app always starts with into one file beside `main`. The build makes one for each set of pages that share
 * something: two dozen files, most of them a few hundred bytes, and each costs a first visitor a request.
 */
export async function mergeStart(folder: string): Promise<void> {
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const main = scripts.find((name) => name.startsWith('main-'));
  if (main === undefined) throw new Error('The built app has no main script');
  // What is put together is JavaScript already; where only a part of the repository is, as in the image, its settings do not resolve.
  const input = { cwd: folder, input: { main: `./${main}` }, tsconfig: false } as const;
  await using bundle = await rolldown({ ...input, logLevel: 'silent' });
  const { output } = await bundle.generate({
    minify: { mangle: false, compress: false },
    // Not `main` itself: pages import what it starts with, and would wait until it has started.
    codeSplitting: { groups: [{ name: 'start', tags: ['$initial'], test: (id) => !id.endsWith(main) }] },
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: ({ name }) => `${name.replace(HASH, '')}-[hash].js`,
  });
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const chunks = output.filter((file) => file.type === 'chunk');
  for (const { moduleIds } of chunks) for (const id of moduleIds) rmSync(id, { force: true });
  for (const { fileName, code } of chunks) writeFileSync(join(folder, fileName), code);
  const start = chunks.find(({ isEntry }) => isEntry)?.fileName ?? main;
  writeFileSync(join(folder, 'index.html'), page.replaceAll(main, start));
}

const HASH = /-[\w-]{8}$/;
