/** A text of the catalogue: what stands between `<source>` and `</source>`, placeholders included. */
export interface CatalogueText {
  readonly id: string;
  readonly source: string;
}

/** The catalogue that a build extracted, without line numbers: it changes when a text does, not when one moves. */
export function withoutLines(extracted: string): string {
  return extracted.replaceAll(LINE_NUMBER, '').replaceAll(UNIT, namingEachFileOnce);
}

/** The texts of a catalogue, in its order. */
export function textsOf(catalogue: string): readonly CatalogueText[] {
  return [...catalogue.matchAll(TEXT)].map(([, id = '', source = '']) => ({ id, source }));
}

/** What stands before and after each text of the pseudo language: unseen, and not heard of by Playwright's locators. */
export const OPENING = '\u200b';
export const CLOSING = '\u00ad';

/**
 * A translation into no language: each text in brackets, so that whatever stands on the screen without them is in no
 * catalogue.
 */
export function pseudoTranslation(catalogue: string, language: string): string {
  return catalogue
    .replace('<file source-language="en"', (file) => `${file} target-language="${language}"`)
    .replaceAll(SOURCE, (source, text: string) => `${source}<target>${OPENING}${text}${CLOSING}</target>`);
}

/** What is in one catalogue and not in the other, for a person: `+ new text`, `- text that is gone`. */
export function differencesOf(committed: string, current: string): readonly string[] {
  const before = new Map(textsOf(committed).map(({ id, source }) => [id, source]));
  const after = new Map(textsOf(current).map(({ id, source }) => [id, source]));
  const missing = (from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): string[] =>
    [...from].filter(([id]) => !to.has(id)).map(([, source]) => source.trim());
  return [
    ...missing(after, before).map((text) => `+ ${text}`),
    ...missing(before, after).map((text) => `- ${text}`),
  ];
}

function namingEachFileOnce(unit: string): string {
  const named = new Set<string>();
  return unit.replaceAll(LOCATION, (location) => {
    if (named.has(location)) return '';
    named.add(location);
    return location;
  });
}

const LINE_NUMBER = /\n\s*<context context-type="linenumber">[^<]*<\/context>/g;
const UNIT = /<trans-unit [\s\S]*?<\/trans-unit>/g;
const LOCATION = /\n\s*<context-group purpose="location">[\s\S]*?<\/context-group>/g;
const TEXT = /<trans-unit id="([^"]+)"[^>]*>\s*<source>([\s\S]*?)<\/source>/g;
const SOURCE = /<source>([\s\S]*?)<\/source>/g;
