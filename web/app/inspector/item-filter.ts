import {
  INSIDE_COLUMNS,
  insideText,
  type InsideColumn,
  type InsideReader,
  type InsideSource,
} from './inside-text';
import type { InspectorItem } from './inspector-item';

/** What a filter looks at; a row that is of no entry has nothing inside. */
interface Filtered extends Pick<InspectorItem, 'fields'> {
  readonly entry?: InsideSource;
}

/** Whether an item passes. */
export type ItemFilter = (item: Filtered) => boolean;

const LISTED: Readonly<Record<'webhooks' | 'requests', readonly string[]>> = {
  webhooks: [
    ...['type', 'role', 'summary', 'took', 'sequence', 'verdict', 'mark', 'dialog', 'status'],
    ...['app', 'conversation', 'scope', ...INSIDE_COLUMNS],
  ],
  requests: [
    ...['type', 'summary', 'method', 'host', 'path', 'service', 'status', 'attempt', 'took'],
    ...['conversation', 'scope', ...INSIDE_COLUMNS],
  ],
};

/** What a filter may name of the items of a list; the diagram has those of both. */
export const FILTER_COLUMNS = { ...LISTED, timeline: [...new Set(Object.values(LISTED).flat())] } as const;

/** What stands over a column, where that is another word than the field's. */
const HEADS: ReadonlyMap<string, string> = new Map([['answer', 'status']]);

/** Columns of counting numbers: 3 is not 13. */
const COUNTED: ReadonlySet<string> = new Set(['sequence', 'attempt']);

/** The names before a colon that are no column; a number or an address before one is not meant as a name. */
export function unknownColumns(text: string, columns: readonly string[]): readonly string[] {
  const names = termsOf(text).flatMap((term) => nameOf(term) ?? []);
  return [...new Set(names)].filter((name) => !columns.includes(fieldOf(name)));
}

/** Whether a term is looked for in all that a row shows. */
export function isWord(term: string, columns: readonly string[]): boolean {
  const name = nameOf(term);
  return !/^-./.test(term) && (name === undefined || !columns.includes(fieldOf(name)));
}

/** Whether a filter looks at what no row shows. */
export const looksInside = (text: string): boolean =>
  termsOf(text).some((term) => insideColumn(nameOf(term)) !== null);

const nameOf = (term: string): string | undefined => /^-?([a-z]+(?:[-_][a-z]+)*):(?!\/\/)/.exec(term)?.[1];

const insideColumn = (name: string | undefined): InsideColumn | null =>
  INSIDE_COLUMNS.find((column) => column === name) ?? null;

/** The column that a name before a colon means. */
export const fieldOf = (name: string): string => HEADS.get(name) ?? name;

const BEFORE = /-?(?:[a-z]+:)?/.source;

/** A name of JSON and its value that is no text, as `"sequence":13`; spaces stand only in the texts within it. */
const MEMBER = /"[^\s"]*":[^\s"](?:"[^"]*"|[^\s"])*(?=\s|$)/.source;

/** It ends with the quotation mark before a space: others are part of it, as in JSON. */
const PHRASE = /"(.*?)(?:"(?=\s|$)|$)/.source;

const TERM = new RegExp(String.raw`${BEFORE}${MEMBER}|(${BEFORE})${PHRASE}|\S+`, 'gs');

/** The terms of a filter, in lower case; a phrase that is not written to its end goes to the end of the text. */
export const termsOf = (text: string): readonly string[] =>
  [...text.trim().toLowerCase().matchAll(TERM)]
    .map(([word, before, phrase]) => (phrase === undefined ? word : `${before}"${phrase}"`))
    .filter((term) => !asksForNothing(term));

/** As while it is being typed; a word with a colon that names no column is looked for as it stands. */
function asksForNothing(term: string): boolean {
  if (/^-?(?:[a-z]+:)?""$/.test(term)) return true;
  const name = /^-?([a-z]+):$/.exec(term)?.[1];
  return name !== undefined && FILTER_COLUMNS.timeline.includes(fieldOf(name));
}

/** Whether it stands in quotation marks, and so is text, whatever it looks like. */
const isPhrase = (wanted: string): boolean => wanted.startsWith('"');

/** What is looked for, without the quotation marks around it. */
export const plainOf = (wanted: string): string => /^"(.*)"$/s.exec(wanted)?.[1] ?? wanted;

/** The first figure of a class of status as `5xx`, also while it is being typed; `null` for all else. */
export const statusClassOf = (wanted: string): string | null => /^([1-5])xx?$/.exec(wanted)?.[1] ?? null;

const COMPARISON = /^(>=|<=|>|<)(\d+(?:\.\d+)?)$/;

/**
 * Reads a filter: words that must all occur, and `name:value` for one column, e.g. `role:agent status:>=400 type:content`,
 * `status:5xx` for a class of status; `-word` and `-name:value` leave out what has it. What stands in quotation marks is one word, with its spaces. Words are
 * looked for in what the rows show: each body has most words of the protocol, so that only `body:` and `header:` look there.
 * An empty filter lets everything through; `null` means just that, so that callers can save the work.
 */
export function readFilter(text: string, inside: InsideReader = insideText): ItemFilter | null {
  const terms = termsOf(text);
  if (terms.length === 0) return null;
  const tests = terms.map((term) => readTerm(term, inside));
  return (item) => tests.every((test) => test(item));
}

function readTerm(term: string, inside: InsideReader): ItemFilter {
  if (!/^-./.test(term)) return readWanted(term, inside);
  const unwanted = readWanted(term.slice(1), inside);
  return (item) => !unwanted(item);
}

function readWanted(term: string, inside: InsideReader): ItemFilter {
  const column = insideColumn(nameOf(term));
  if (column === null) return readShown(term);
  return readInside(column, plainOf(term.slice(column.length + 1)), inside);
}

/** What is inside never changes, so each entry is read through once. */
function readInside(column: InsideColumn, wanted: string, inside: InsideReader): ItemFilter {
  const known = new WeakMap<InsideSource, boolean>();
  return ({ entry }) => {
    if (entry === undefined) return false;
    const isWanted = known.get(entry) ?? inside(entry, column)?.includes(wanted) === true;
    known.set(entry, isWanted);
    return isWanted;
  };
}

function readShown(term: string): ItemFilter {
  const word = plainOf(term);
  const anywhere: ItemFilter = ({ fields }) => Object.values(fields).some((text) => text.includes(word));
  const colon = isPhrase(term) ? -1 : term.indexOf(':');
  const name = fieldOf(term.slice(0, colon));
  const wanted = term.slice(colon + 1);
  // A colon may as well be part of what is looked for, as in an address.
  if (colon < 1) return anywhere;
  const isWanted = readValue(name, wanted);
  return (item) => {
    const text = item.fields[name];
    return text === undefined ? anywhere(item) : isWanted(text);
  };
}

function readValue(name: string, wanted: string): (text: string) => boolean {
  if (isPhrase(wanted)) return (text) => text.includes(plainOf(wanted));
  const compare = readComparison(wanted);
  if (compare !== null) return (text) => compare(Number.parseFloat(text));
  const statusClass = name === 'status' ? statusClassOf(wanted) : null;
  if (statusClass !== null) return (text) => /^\d{3}$/.test(text) && text.startsWith(statusClass);
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
