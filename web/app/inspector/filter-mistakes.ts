import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { SIGNATURE_VERDICTS } from '#protocol/bridge-events';

import type { InspectorItem } from './inspector-item';
import { fieldOf, looksInside, plainOf, readFilter, statusClassOf, termsOf } from './item-filter';

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
  if (name === undefined || value === undefined || value === '') return null;
  if (!columns.includes(fieldOf(name))) return null;
  if (comparison !== undefined) return comparisonMistake(name, comparison, value);
  return isKnown(fieldOf(name), value) ? null : valueMistake(name, value, items);
}

const isKnown = (column: string, value: string): boolean =>
  (NUMBERS.has(column) && NUMBER.test(plainOf(value))) ||
  (column === 'status' && statusClassOf(value) !== null) ||
  KNOWN_VALUES.get(column)?.some((known) => known.includes(plainOf(value))) === true;

function comparisonMistake(name: string, comparison: string, value: string): string | null {
  const column = fieldOf(name);
  if (!NUMBERS.has(column)) return $localize`“${name}” holds words, which cannot be compared.`;
  if (NUMBER.test(value)) return null;
  const example = `${name}:${comparison}${EXAMPLES[column] ?? '1'}`;
  return $localize`“${name}” needs a number, as in ${example}; “${value}” is a word.`;
}

function valueMistake(name: string, value: string, items: readonly InspectorItem[]): string | null {
  const column = fieldOf(name);
  const hasIt = readFilter(`${name}:${value}`);
  if (items.length === 0 || hasIt === null || items.some((item) => column in item.fields && hasIt(item))) {
    return null;
  }
  const values = new Set(items.map((item) => shownValue(item, column)).filter((known) => known !== ''));
  const nothing = $localize`Nothing here has “${plainOf(value)}” in “${name}”.`;
  if (values.size === 0 || values.size > MOST_VALUES) return nothing;
  return $localize`${nothing} There is: ${[...values].sort().join(', ')}.`;
}

/** As the list shows it: fields are in lower case. */
function shownValue(item: InspectorItem, column: string): string {
  const field = item.fields[column] ?? '';
  const shown = Object.entries(item).find(([member]) => member === column)?.[1] as unknown;
  return typeof shown === 'string' && shown.toLowerCase() === field ? shown : field;
}
