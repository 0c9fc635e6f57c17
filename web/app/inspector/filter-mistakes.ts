import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { SIGNATURE_VERDICTS } from '#protocol/bridge-events';

import type { InspectorItem } from './inspector-item';
import { looksInside, plainOf, readFilter, termsOf } from './item-filter';

/**
 * What of a filter is written wrongly or finds nothing here, in sentences. Values that a column is known to have are no
 * mistake before they occur; a term that leaves something out never is one.
 */
export function filterMistakes(
  text: string,
  columns: readonly string[],
  items: readonly InspectorItem[],
): readonly string[] {
  return termsOf(text).flatMap((term) => mistakeOf(term, columns, items) ?? []);
}

/** Columns whose values are numbers. */
const NUMBERS: ReadonlySet<string> = new Set(['sequence', 'status', 'attempt', 'took']);

const EXAMPLES: Readonly<Record<string, string>> = { sequence: '3', status: '400', took: '20' };

const NUMBER = /^\d+(\.\d+)?$/;

/** Values that a column may have, whether or not anything has them yet; in lower case. */
const KNOWN_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['role', ['consumer', 'assigned_agent', 'agent', 'manager', 'reader', 'controller']],
  ['scope', ['account']],
  ['app', ['other']],
  ['mark', ['duplicate', 'late']],
  ['verdict', [...SIGNATURE_VERDICTS, 'invalid-json', 'too-complex', 'not-a-notification']],
  [
    'type',
    [...WEBHOOK_EVENT_TYPES.map((type) => type.slice(type.lastIndexOf('.') + 1).toLowerCase()), 'refused'],
  ],
  ['method', ['get', 'post', 'put', 'patch', 'delete']],
  ['status', ['none', 'waiting']],
]);

/** More values than these are no help. */
const MOST_VALUES = 8;

function mistakeOf(term: string, columns: readonly string[], items: readonly InspectorItem[]): string | null {
  // Anything may stand inside, and an empty list says itself that nothing has it.
  if (looksInside(term)) return null;
  const [, name, comparison, value] = /^([a-z]+):(>=|<=|>|<)?(.*)$/.exec(term) ?? [];
  if (name === undefined || value === undefined || value === '' || !columns.includes(name)) return null;
  if (comparison !== undefined) return comparisonMistake(name, comparison, value);
  return isKnown(name, plainOf(value)) ? null : valueMistake(name, value, items);
}

const isKnown = (name: string, value: string): boolean =>
  (NUMBERS.has(name) && NUMBER.test(value)) ||
  KNOWN_VALUES.get(name)?.some((known) => known.includes(value)) === true;

function comparisonMistake(name: string, comparison: string, value: string): string | null {
  if (!NUMBERS.has(name)) return $localize`“${name}” holds words, which cannot be compared.`;
  if (NUMBER.test(value)) return null;
  const example = `${name}:${comparison}${EXAMPLES[name] ?? '1'}`;
  return $localize`“${name}” needs a number, as in ${example}; “${value}” is a word.`;
}

function valueMistake(name: string, value: string, items: readonly InspectorItem[]): string | null {
  const hasIt = readFilter(`${name}:${value}`);
  if (items.length === 0 || hasIt === null || items.some((item) => name in item.fields && hasIt(item))) {
    return null;
  }
  const values = new Set(items.map((item) => shownValue(item, name)).filter((known) => known !== ''));
  const nothing = $localize`Nothing here has “${plainOf(value)}” in “${name}”.`;
  if (values.size === 0 || values.size > MOST_VALUES) return nothing;
  return $localize`${nothing} There is: ${[...values].sort().join(', ')}.`;
}

/** As the list shows it: fields are in lower case. */
function shownValue(item: InspectorItem, name: string): string {
  const field = item.fields[name] ?? '';
  const shown = Object.entries(item).find(([member]) => member === name)?.[1] as unknown;
  return typeof shown === 'string' && shown.toLowerCase() === field ? shown : field;
}
