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
    return { kind: 'no-json', message: $localize`This is too long to be a manifest.`, place: null };
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
  if (text.trim() === '')
    return {
      kind: 'no-json',
      message: $localize`This is empty: type, paste or import a manifest.`,
      place: null,
    };
  const place = error instanceof Error ? placeIn(text, error.message) : null;
  const message =
    place === null
      ? $localize`This is not valid JSON.`
      : $localize`This is not valid JSON: line ${place.line}, column ${place.column}.`;
  return { kind: 'no-json', message, place };
}

/** Browsers tell the place in words of their own: “at position 12”, or “at line 2 column 3”. */
function placeIn(text: string, message: string): TextPlace | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return placeAt(text, Number(position));
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return placeOnLine(text, Number(line), Number(column));
  // V8 says “Unexpected end of JSON input” without a place.
  return message.includes('end of JSON') ? placeAt(text, text.length) : null;
}

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

function placeOnLine(text: string, line: number, column: number): TextPlace {
  const before = text.split('\n').slice(0, line - 1);
  const offset = before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
  return { line, column, offset };
}
