import { DROP, isObject, isSameJson, memberOf, objectOf, withMembers, type JsonObject } from './json-value';
import type { Manifest } from './manifest';

/** The members that lead to a value; keys may hold dots, so it is no text. */
export type ManifestPath = readonly string[];

/** Something that another person changed, and what it is here. `undefined`: not set. */
export interface Difference {
  /** The path as one text, to tell differences apart. */
  readonly id: string;
  readonly path: ManifestPath;
  /** Value of the version that both started from. */
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Whether it was changed here too, to something else. */
  readonly isContested: boolean;
}

export type Side = 'mine' | 'theirs';

/** The side to keep for a difference, by its id. */
export type Choices = Readonly<Record<string, Side>>;

/** What the newer version changed and this one does not have. Objects are compared member by member, lists as a whole. */
export function differences(base: Manifest, mine: Manifest, theirs: Manifest): readonly Difference[] {
  return compare([], { base, mine, theirs });
}

/** Where two versions differ. */
export function changedPaths(from: Manifest, to: Manifest): readonly ManifestPath[] {
  return differences(from, from, to).map(({ path }) => path);
}

/** The newer value where nothing was edited here, the edited one where both were. */
export function proposedChoices(found: readonly Difference[]): Choices {
  return Object.fromEntries(found.map(({ id, isContested }) => [id, isContested ? 'mine' : 'theirs']));
}

/** The same side for every difference. */
export function allChosen(found: readonly Difference[], side: Side): Choices {
  return Object.fromEntries(found.map(({ id }) => [id, side]));
}

/** `mine` with the other side's values where they were chosen. */
export function merge(mine: Manifest, found: readonly Difference[], choices: Choices): Manifest {
  return found
    .filter(({ id }) => choices[id] === 'theirs')
    .reduce<Manifest>((merged, { path, theirs }) => withValue(merged, path, theirs), mine);
}

/** The value at a path, in lists too; `undefined` when there is none. */
export function valueAt(manifest: unknown, path: ManifestPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : memberOf(objectOf(value), key)) as unknown,
    manifest,
  );
}

interface Three {
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

function compare(path: ManifestPath, { base, mine, theirs }: Three): readonly Difference[] {
  if (isSameJson(mine, theirs) || isSameJson(theirs, base)) return [];
  if (isObject(mine) && isObject(theirs)) {
    const origin = objectOf(base);
    const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    return [...keys].flatMap((key) =>
      compare([...path, key], {
        base: memberOf(origin, key),
        mine: memberOf(mine, key),
        theirs: memberOf(theirs, key),
      }),
    );
  }
  return [{ id: JSON.stringify(path), path, base, mine, theirs, isContested: !isSameJson(mine, base) }];
}

function withValue(object: JsonObject, [key, ...rest]: ManifestPath, value: unknown): JsonObject {
  if (key === undefined) return objectOf(value);
  if (rest.length > 0)
    return withMembers(object, { [key]: withValue(objectOf(memberOf(object, key)), rest, value) });
  return withMembers(object, { [key]: value === undefined ? DROP : value });
}
