import type { FieldProblem } from '#protocol/problem';

import { isObject } from './json-value';
import { withoutServerMembers, type Manifest } from './manifest';
import { structureProblems } from './manifest-structure';

/** What was found in a text that should be a manifest. */
export type ReadManifest =
  | {
      readonly kind: 'manifest';
      readonly manifest: Manifest;
      /** Members that only the server sets and that were left out. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly kind: 'no-json';
      readonly message: string;
      /** What is wrong there, in a sentence; `null` when nobody says. */
      readonly reason: string | null;
      /** Where reading stopped; `null` when the browser does not say. */
      readonly place: TextPlace | null;
    }
  | { readonly kind: 'wrong-structure'; readonly problems: readonly FieldProblem[] };

/** A place in a text; line and column count from 1, the offset from 0. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** More than any manifest has; a text beyond it is something else. */
const LONGEST = 1_000_000;

/** Reads a manifest that a person typed, pasted or chose as a file. */
export function readManifest(text: string): ReadManifest {
  if (text.length > LONGEST) {
    return unread($localize`This is too long to be a manifest.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Why it is not JSON is for the person to read.
    return notJson(text, error);
  }
  const problems = structureProblems(value);
  if (problems.length > 0 || !isObject(value)) return { kind: 'wrong-structure', problems };
  return { kind: 'manifest', ...withoutServerMembers(value) };
}

/** The manifest as a text to read, to copy and to keep in a file. */
export const writeManifest = (manifest: Manifest): string => JSON.stringify(manifest, null, 2);

/** A file name for the manifest of an app of this name. */
export function manifestFileName(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? 'app' : plain}.manifest.json`;
}

function notJson(text: string, error: unknown): ReadManifest {
  if (text.trim() === '') return unread($localize`This is empty: type, paste or import a manifest.`);
  const said = error instanceof Error ? error.message : '';
  const place = placeIn(text, said) ?? placeAfterComma(text);
  const message =
    place === null
      ? $localize`This is not valid JSON.`
      : $localize`This is not valid JSON: line ${place.line}, column ${place.column}.`;
  return { kind: 'no-json', message, place, reason: reasonFor(text, place, said) };
}

const unread = (message: string): ReadManifest => ({ kind: 'no-json', message, place: null, reason: null });

/** The commonest slips in words of ours, the others in those of the browser. */
function reasonFor(text: string, place: TextPlace | null, said: string): string | null {
  const offset = place?.offset ?? 0;
  const before = text.slice(0, offset).trimEnd();
  if (/^[}\]]/.test(text.slice(offset)) && before.endsWith(','))
    return $localize`Remove the comma in line ${placeAt(text, before.length - 1).line}, as nothing follows it.`;
  if (place !== null && text.slice(offset).trim() === '') return $localize`The text ends too early.`;
  const words = BROWSERS_REASON.exec(said)?.[1];
  return words === undefined ? null : $localize`The browser says: “${words}”.`;
}

/** Without the name of the function, the place and the piece of text that some browsers add. */
const BROWSERS_REASON =
  /^(?:JSON\.parse: )?(.+?)(?: in JSON)?(?: at (?:position|line) \d|, .*is not valid JSON$)/s;

/** Browsers tell the place in words of their own: “at position 12”, or “at line 2 column 3”. */
function placeIn(text: string, message: string): TextPlace | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return placeAt(text, Number(position));
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return placeOnLine(text, Number(line), Number(column));
  // V8 says “Unexpected end of JSON input” without a place.
  return message.includes('end of JSON') ? placeAt(text, text.length) : null;
}

/** V8 names no place either for a bracket after a comma, the commonest slip of all. */
function placeAfterComma(text: string): TextPlace | null {
  const comma = [...text.matchAll(STRING_OR_LAST_COMMA)].find(([found]) => found.startsWith(','));
  return comma === undefined ? null : placeAt(text, comma.index + comma[0].length);
}

const STRING_OR_LAST_COMMA = /"(?:[^"\\]|\\.)*"|,\s*(?=[}\]])/g;

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

function placeOnLine(text: string, line: number, column: number): TextPlace {
  const before = text.split('\n').slice(0, line - 1);
  const offset = before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
  return { line, column, offset };
}
