import type { InsideColumn, InsideReader } from './inside-text';
import type { InspectorItem } from './inspector-item';
import { isWord, readFilter, termsOf } from './item-filter';

/** A filter that looks further than the one that found nothing. */
export interface LookInside {
  readonly column: InsideColumn;
  readonly filter: string;
}

/**
 * Where no row shows a filter's words: the filter that looks for those in the bodies, or in the headers, if one of these
 * has them; else `null`.
 *
 * @param columns What the filter may name of the items.
 */
export function lookInside(
  text: string,
  columns: readonly string[],
  { items, inside }: { readonly items: readonly InspectorItem[]; readonly inside: InsideReader },
): LookInside | null {
  const terms = termsOf(text).map((term) => ({ term, isHidden: isWord(term, columns) && !has(items, term) }));
  if (!terms.some(({ isHidden }) => isHidden)) return null;
  const looks = (['body', 'header'] as const).map((column) => ({
    column,
    filter: terms.map(({ term, isHidden }) => (isHidden ? `${column}:${term}` : term)).join(' '),
  }));
  return looks.find(({ filter }) => has(items, filter, inside)) ?? null;
}

function has(items: readonly InspectorItem[], filter: string, inside?: InsideReader): boolean {
  const passes = readFilter(filter, inside);
  return passes !== null && items.some(passes);
}
