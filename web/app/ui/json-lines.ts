/** What a piece of JSON is, for its colour. */
export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** One line of a JSON document as a reader sees it. */
export interface JsonLine {
  /** Unique in the document: `$`, `$.body`, `$.body.changes.0`; the closing line of a container adds `}`. */
  readonly id: string;
  /** Path of the container that this line folds; `null` when it folds none. */
  readonly folds: string | null;
  readonly isFolded: boolean;
  readonly depth: number;
  /** `null` in arrays and at the top. */
  readonly key: string | null;
  readonly kind: JsonKind;
  /** The value as JSON, or the bracket. */
  readonly text: string;
  /** How many members a folded container hides; 0 otherwise. */
  readonly hidden: number;
  readonly hasComma: boolean;
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly key: string | null;
  readonly hasComma: boolean;
}

/** Deeper than any message is meant to be; what lies below is shown as folded text, so that nothing runs forever. */
const MAX_DEPTH = 60;

/** The lines of `value`, without what is folded, and no more than `limit` of them. */
export function jsonLines(
  value: unknown,
  isFolded: (path: string) => boolean,
  limit: number,
): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  addLines(lines, value, { path: '$', depth: 0, key: null, hasComma: false }, { isFolded, limit });
  return lines;
}

interface Reading {
  readonly isFolded: (path: string) => boolean;
  readonly limit: number;
}

function addLines(lines: JsonLine[], value: unknown, place: Place, reading: Reading): void {
  if (lines.length >= reading.limit) return;
  const members = membersOf(value);
  if (members === null || members.length === 0) {
    lines.push({ ...leaf(place), kind: kindOf(value), text: textOf(value) });
    return;
  }
  const isArray = Array.isArray(value);
  const kind: JsonKind = isArray ? 'array' : 'object';
  const { path } = place;
  const open = { ...leaf(place), kind, folds: path, text: isArray ? '[' : '{' };
  if (reading.isFolded(path) || place.depth >= MAX_DEPTH) {
    lines.push({ ...open, isFolded: true, hidden: members.length, text: isArray ? '[ … ]' : '{ … }' });
    return;
  }
  lines.push({ ...open, hasComma: false });
  members.forEach(([key, member], at) => {
    const hasComma = at < members.length - 1;
    const inner = { path: `${path}.${key}`, depth: place.depth + 1, key: isArray ? null : key, hasComma };
    addLines(lines, member, inner, reading);
  });
  lines.push({ ...leaf(place), id: `${path}}`, key: null, kind, text: isArray ? ']' : '}' });
}

const leaf = ({ path, depth, key, hasComma }: Place) => ({
  ...{ id: path, folds: null, isFolded: false, hidden: 0 },
  ...{ depth, key, hasComma },
});

function membersOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value);
}

function kindOf(value: unknown): JsonKind {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const kind = typeof value;
  return kind === 'number' || kind === 'boolean' || kind === 'object' ? kind : 'string';
}

/** `undefined` has no JSON. */
const textOf = (value: unknown): string => (value === undefined ? 'undefined' : JSON.stringify(value));
