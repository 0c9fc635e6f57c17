import { jsonMistakeWords } from '../ui/json-mistake';
import { isFields, type Fields } from './structured/safe-values';

/** The bridge takes no longer list, be it of metadata or of engagement attributes. */
const MOST = 50;

/** Objects from the JSON of their array; `null`: it is none. One object alone counts as an array, no text as an empty one. */
export function readObjectList(text: string): readonly Fields[] | null {
  if (text.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.every(isFields) ? list : null;
  } catch {
    // Half written JSON is no list yet; the field says so.
    return null;
  }
}

/** What is wrong with a text that is to be such a list, in words; `null` when nothing is. */
export function objectListProblem(text: string): string | null {
  const mistake = jsonMistake(text);
  if (mistake !== null) return mistake;
  const list = readObjectList(text);
  if (list === null) return $localize`This is JSON, but not an array of objects.`;
  return list.length > MOST
    ? $localize`At most ${MOST} objects are possible; there are ${list.length}.`
    : null;
}

function jsonMistake(text: string): string | null {
  try {
    if (text.trim() !== '') JSON.parse(text);
    return null;
  } catch (error) {
    return jsonMistakeWords(text, error);
  }
}
