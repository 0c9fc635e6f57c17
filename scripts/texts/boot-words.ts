import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { translationInto } from './files.ts';

/** Gives the built page in `folder` the words of the language that it was built in; English is there already. */
export function translateBootWords(folder: string, root: string): void {
  const path = join(folder, 'index.html');
  const page = readFileSync(path, 'utf8');
  const language = LANGUAGE.exec(page)?.[1] ?? 'en';
  const file = join(root, translationInto(language));
  if (existsSync(file)) writeFileSync(path, withBootWords(page, readFileSync(file, 'utf8')));
}

/**
 * The page with what it shows before the app does in the words of a translation (XLIFF 1.2), found by the English ones.
 *
 * Angular translates templates and scripts, but not the page itself. A text that has no translation stays as it is.
 */
export function withBootWords(page: string, translation: string): string {
  const targets = new Map(
    [...translation.matchAll(UNIT)].map(([, source = '', target = '']) => [plain(source), target]),
  );
  return page.replaceAll(WORDS, (words, text: string) => {
    const target = targets.get(plain(text));
    return target === undefined ? words : `>${target.trim()}<`;
  });
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const LANGUAGE = /<html[^>]* lang="([^"]+)"/;
const UNIT = /<source>([^<]*)<\/source>\s*<target[^>]*>([^<]*)<\/target>/g;
const WORDS = />([^<>]*\S[^<>]*)</g;
