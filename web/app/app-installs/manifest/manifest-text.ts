import type { FieldProblem } from '#protocol/problem';

import { jsonMistake, type JsonMistake } from '../../ui/json-mistake';
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
  | ({ readonly kind: 'no-json' } & JsonMistake)
  | { readonly kind: 'wrong-structure'; readonly problems: readonly FieldProblem[] };

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

/** The text with one member a line, without what only the server sets; as it is where it is no JSON. */
export function tidied(text: string): string {
  const read = readManifest(text);
  if (read.kind === 'no-json') return text;
  return read.kind === 'manifest' ? writeManifest(read.manifest) : JSON.stringify(JSON.parse(text), null, 2);
}

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
  return { kind: 'no-json', ...jsonMistake(text, error) };
}

const unread = (message: string): ReadManifest => ({ kind: 'no-json', message, place: null, reason: null });
