import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the built page ready to be seen after one round trip: its style sheet stands in it, and every script that the app
 * starts with is asked for at once instead of one generation of imports after the other, and after what is seen first.
 */
export function finishPage(folder: string): void {
  const path = join(folder, 'index.html');
  const page = readFileSync(path, 'utf8');
  writeFileSync(path, preloadAll(withStyles(page, folder), folder));
}

const STYLE_LINK = /<link rel="stylesheet" href="([^"]+)"\s*\/?>/;
const PRELOAD = /<link rel="modulepreload" href="[^"]+"\s*\/?>/g;
const SCRIPT = /<script src="([^"]+)" type="module"><\/script>/g;
const STATIC_IMPORT = /(?:from|import)\s*"\.\/([\w-]+\.js)"/g;

function withStyles(page: string, folder: string): string {
  const [link, file] = STYLE_LINK.exec(page) ?? [];
  if (link === undefined || file === undefined) throw new Error('The built page has no style sheet');
  const styles = readFileSync(join(folder, file), 'utf8');
  rmSync(join(folder, file));
  return page.replace(link, () => `<style>${styles}</style>`);
}

function preloadAll(page: string, folder: string): string {
  const scripts = [...page.matchAll(SCRIPT)].map(([, file = '']) => file);
  const main = scripts.pop();
  if (main === undefined) throw new Error('The built page has no main script');
  startWith(scripts, main, folder);
  const links = [...importedBy(main, folder)].map(
    (file) => `<link rel="modulepreload" href="${file}" fetchpriority="low">`,
  );
  const started = `<script src="${main}" type="module" fetchpriority="low"></script>`;
  const withoutScripts = page
    .replaceAll(PRELOAD, '')
    .replaceAll(SCRIPT, (script, file) => (file === main ? script : ''));
  return withoutScripts.replace(SCRIPT, () => links.join('') + started);
}

/** What runs before the app (one line that names the language) goes into its main script: a file less to ask for. */
function startWith(scripts: readonly string[], main: string, folder: string): void {
  const texts = [...scripts, main].map((file) => readFileSync(join(folder, file), 'utf8'));
  writeFileSync(join(folder, main), texts.join('\n'));
  for (const file of scripts) rmSync(join(folder, file));
}

/** Every file that has to be there before `file` runs. */
function importedBy(file: string, folder: string, found = new Set<string>()): ReadonlySet<string> {
  for (const [, imported = ''] of readFileSync(join(folder, file), 'utf8').matchAll(STATIC_IMPORT)) {
    if (found.has(imported)) continue;
    found.add(imported);
    importedBy(imported, folder, found);
  }
  return found;
}
