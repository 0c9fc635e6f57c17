import { InvalidContent, type ElementNotes, type Reading, type SafeElement } from './content-reading';
import { readElement } from './safe-elements';
import { isFields } from './safe-values';

export type ContentReading =
  | {
      readonly kind: 'content';
      readonly root: SafeElement;
      readonly notes: ReadonlyMap<SafeElement, ElementNotes>;
      readonly hasColours: boolean;
      /** What is not shown, in words, each with how often. */
      readonly leftOut: readonly string[];
      /** Schemes of links that are shown and never opened. */
      readonly unopened: readonly string[];
    }
  | { readonly kind: 'invalid'; readonly reason: string };

/**
 * Reads structured content. Whatever is not known to do no harm is not taken over; what cannot be drawn is counted; what
 * lacks something that its kind needs makes the whole content invalid, as the vendor's own schema does.
 *
 * Its cost is bounded whatever comes. @see PROTOCOL.md §12
 */
export function readContent(content: unknown): ContentReading {
  const reading: Reading = { notes: new Map(), leftOut: new Map(), count: 0, hasColours: false };
  try {
    if (!isFields(content)) throw new InvalidContent($localize`the content is no object`);
    const root = readElement(content, { at: 'content', depth: 0 }, reading);
    if (root === null)
      throw new InvalidContent($localize`${[...reading.leftOut.keys()].join(', ')} as the outermost element`);
    const { notes, hasColours } = reading;
    const [leftOut, unopened] = [wordsOf(reading.leftOut), blockedSchemes(notes)];
    return { kind: 'content', root, notes, hasColours, leftOut, unopened };
  } catch (error) {
    if (error instanceof InvalidContent) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

const blockedSchemes = (notes: Reading['notes']): readonly string[] => {
  const actions = [...notes.values()].flatMap(({ click }) => click?.actions ?? []);
  return [...new Set(actions.flatMap((action) => (action.type === 'blocked' ? [action.scheme] : [])))];
};

const wordsOf = (leftOut: ReadonlyMap<string, number>): readonly string[] =>
  [...leftOut].map(([what, count]) => (count === 1 ? what : $localize`${what} (${count} times)`));
