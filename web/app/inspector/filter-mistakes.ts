import type { InspectorItem } from './inspector-item';
import { readFilter, termsOf } from './item-filter';

/** What of a filter can never be meant so, in sentences. */
export function filterMistakes(
  text: string,
  columns: readonly string[],
  items: readonly InspectorItem[],
): readonly string[] {
  return termsOf(text).flatMap((term) => mistakeOf(term, columns, items) ?? []);
}

/** Columns whose values are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['sequence', 'status', 'attempt', 'ms']);

/** More values than these are no help. */
const MOST_VALUES = 8;

function mistakeOf(term: string, columns: readonly string[], items: readonly InspectorItem[]): string | null {
  const [, name, comparison, value] = /^-?([a-z]+):(>=|<=|>|<)?(.*)$/.exec(term) ?? [];
  if (name === undefined || value === undefined || !columns.includes(name)) return null;
  if (comparison !== undefined) return comparisonMistake(name, value);
  return value === '' ? null : valueMistake(name, value, items);
}

function comparisonMistake(name: string, value: string): string | null {
  if (!NUMBERS.has(name)) return $localize`“${name}” holds words: there is nothing to compare.`;
  return /^\d+(\.\d+)?$/.test(value) ? null : $localize`“${value}” is no number to compare “${name}” with.`;
}

function valueMistake(name: string, value: string, items: readonly InspectorItem[]): string | null {
  const hasIt = readFilter(`${name}:${value}`);
  if (items.length === 0 || hasIt === null || items.some((item) => name in item.fields && hasIt(item))) {
    return null;
  }
  const values = new Set(items.map(({ fields }) => fields[name] ?? '').filter((known) => known !== ''));
  const nothing = $localize`Nothing here has “${value}” in “${name}”.`;
  if (values.size === 0 || values.size > MOST_VALUES) return nothing;
  return $localize`${nothing} There is: ${[...values].sort().join(', ')}.`;
}
