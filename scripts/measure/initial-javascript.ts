import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT, WEB_OUTPUT } from '../web-build.ts';

/** Scripts that the browser loads before it shows anything: those the page names, and those it is told to preload. */
const SCRIPT = /<(?:script[^>]*\ssrc|link[^>]*rel="modulepreload"[^>]*\shref)="([^"]+\.js)"/g;

/** Their weight over the wire to a browser that takes gzip. */
export const initialJavaScriptBytes = (): number => gzippedBytes(initialScripts());

/** Their names in the built web app. */
export function initialScripts(): readonly string[] {
  const page = readFileSync(join(ROOT, WEB_OUTPUT, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(SCRIPT)].flatMap(([, path]) => path ?? []);
  if (scripts.length === 0) throw new Error(`${WEB_OUTPUT}/index.html names no script`);
  return scripts;
}

/** What these files of the built web app weigh over the wire. */
export function gzippedBytes(files: readonly string[]): number {
  const weigh = (file: string): number =>
    gzipSync(readFileSync(join(ROOT, WEB_OUTPUT, file)), { level: 9 }).length;
  return files.reduce((total, file) => total + weigh(file), 0);
}
