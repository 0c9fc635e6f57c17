/** A piece of a text: words, or an address that can be opened. */
export interface TextSegment {
  readonly text: string;
  /** `null` for words. */
  readonly href: string | null;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/gi;
/** Belongs to the sentence, not to the address; an emoji is put right behind it. */
const SENTENCE_END =
  /(?:[.,;:!?)\]}'»”]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{FE0F}|\u{200D})+$/u;

/** Splits a message's text into words and web addresses; only `http` and `https` become links. */
export function textSegments(text: string): readonly TextSegment[] {
  const segments: TextSegment[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(SENTENCE_END, '');
    if (!URL.canParse(address)) continue;
    if (match.index > from) segments.push({ text: text.slice(from, match.index), href: null });
    segments.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) segments.push({ text: text.slice(from), href: null });
  return segments;
}
