import type { InspectorItem } from './inspector-item';

/** Whether an item passes. */
export type ItemFilter = (item: Pick<InspectorItem, 'fields'>) => boolean;

/** What a filter may name of the items of a list. */
export const FILTER_COLUMNS: Readonly<Record<'webhooks' | 'requests', readonly string[]>> = {
  webhooks: [
    ...['type', 'role', 'summary', 'took', 'sequence', 'verdict', 'mark', 'dialog', 'status'],
    ...['app', 'conversation', 'scope'],
  ],
  requests: [
    ...['type', 'summary', 'method', 'host', 'path', 'service', 'status', 'attempt', 'took'],
    ...['conversation', 'scope'],
  ],
};

/** What stands over a column, where that is another word than the field's. */
const HEADS: ReadonlyMap<string, string> = new Map([['answer', 'status']]);

/** Columns of counting numbers: 3 is not 13. */
const COUNTED: ReadonlySet<string> = new Set(['sequence', 'attempt']);

/** The names before a colon that are no column; a number or an address before one is not meant as a name. */
export function unknownColumns(text: string, columns: readonly string[]): readonly string[] {
  const names = termsOf(text).flatMap((term) => /^-?([a-z]+):(?!\/\/)/.exec(term)?.[1] ?? []);
  return [...new Set(names)].filter((name) => !columns.includes(fieldOf(name)));
}

const fieldOf = (name: string): string => HEADS.get(name) ?? name;

/** The terms of a filter, in lower case. */
export const termsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== '');

const COMPARISON = /^(>=|<=|>|<)(\d+(?:\.\d+)?)$/;

/**
 * Reads a filter: words that must all occur, and `name:value` for one column, e.g. `role:agent status:>=400 type:content`;
 * `-word` and `-name:value` leave out what has it.
 * An empty filter lets everything through; `null` means just that, so that callers can save the work.
 */
export function readFilter(text: string): ItemFilter | null {
  const terms = termsOf(text);
  if (terms.length === 0) return null;
  const tests = terms.map(readTerm);
  return (item) => tests.every((test) => test(item));
}

function readTerm(term: string): ItemFilter {
  if (!/^-./.test(term)) return readWanted(term);
  const unwanted = readWanted(term.slice(1));
  return (item) => !unwanted(item);
}

function readWanted(term: string): ItemFilter {
  const colon = term.indexOf(':');
  const name = fieldOf(term.slice(0, colon));
  const wanted = term.slice(colon + 1);
  const anywhere: ItemFilter = ({ fields }) => Object.values(fields).some((text) => text.includes(term));
  // A colon may as well be part of what is looked for, as in an address.
  if (colon < 1) return anywhere;
  const isWanted = readValue(name, wanted);
  return (item) => {
    const text = item.fields[name];
    return text === undefined ? anywhere(item) : isWanted(text);
  };
}

function readValue(name: string, wanted: string): (text: string) => boolean {
  const compare = readComparison(wanted);
  if (compare !== null) return (text) => compare(Number.parseFloat(text));
  if (COUNTED.has(name) && /^\d+$/.test(wanted)) return (text) => text.split(/\D+/).includes(wanted);
  return (text) => text.includes(wanted);
}

function readComparison(wanted: string): ((value: number) => boolean) | null {
  const match = COMPARISON.exec(wanted);
  if (match === null) return null;
  const limit = Number(match[2]);
  switch (match[1]) {
    case '>=':
      return (value) => value >= limit;
    case '<=':
      return (value) => value <= limit;
    case '>':
      return (value) => value > limit;
    default:
      return (value) => value < limit;
  }
}
