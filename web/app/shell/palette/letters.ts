/**
 * How well a typed word fits a text, both in small letters: the higher the better, 0 when its letters are not there in
 * order. The text's beginning is best, then the beginning of a word, the first letters of its words, a part of a word, and
 * letters with others between them, the closer the better.
 */
export function fitOf(word: string, text: string): number {
  if (text.startsWith(word)) return 6;
  const at = text.indexOf(word);
  if (at > 0) return isWordStart(text, at) || text.includes(` ${word}`) ? 5 : 3;
  if (initialsOf(text).includes(word)) return 4;
  const span = spanOf(word, text);
  return span === null ? 0 : 1 + word.length / span;
}

/** The same for several words, each of which has to fit one of the texts. */
export function fitOfAll(words: readonly string[], texts: readonly string[]): number {
  const fits = words.map((word) => Math.max(...texts.map((text) => fitOf(word, text))));
  return fits.includes(0) ? 0 : fits.reduce((sum, fit) => sum + fit, 0);
}

const initialsOf = (text: string): string =>
  text
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.slice(0, 1))
    .join('');

const isWordStart = (text: string, at: number): boolean => !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));

/** Over how many letters of the text the word's letters stretch; `null` when they are not there in order. */
function spanOf(word: string, text: string): number | null {
  let end = -1;
  for (const letter of word) {
    end = text.indexOf(letter, end + 1);
    if (end === -1) return null;
  }
  // From the end back: the first letters may stand closer to the last ones.
  let start = end + 1;
  for (const letter of Array.from(word).reverse()) start = text.lastIndexOf(letter, start - 1);
  return end - start + 1;
}
