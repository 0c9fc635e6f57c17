import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT, WEB_OUTPUT } from '../web-build.ts';

/** Scripts that the browser loads before it shows anything: those the page names, and those it is told to preload. */
const SCRIPT = /<(?:script[^>]*\ssrc|link[^>]*rel="modulepreload"[^>]*\shref)="([^"]+\.js)"/g;

/** Their weight over the wire to a browser that takes gzip. */
export function initialJavaScriptBytes(): number {
  const folder = join(ROOT, WEB_OUTPUT);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(SCRIPT)].flatMap(([, path]) => path ?? []);
  if (scripts.length === 0) throw new Error(`${WEB_OUTPUT}/index.html names no script`);
  return scripts.reduce(
    (total, path) => total + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length,
    0,
  );
}
