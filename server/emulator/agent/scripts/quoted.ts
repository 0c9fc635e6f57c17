/** Longest part of a message that is quoted. */
const LONGEST_QUOTE = 200;

/** Shortened by whole characters, so that no emoji is cut in two. */
export function quoted(text: string): string {
  const characters = Array.from(new Intl.Segmenter('en').segment(text.trim()), ({ segment }) => segment);
  const isShort = characters.length <= LONGEST_QUOTE;
  return isShort ? characters.join('') : `${characters.slice(0, LONGEST_QUOTE).join('')}…`;
}
