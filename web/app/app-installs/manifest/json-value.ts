/** A JSON object whose members nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for anything else. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** A member of its own; what every object inherits, such as `constructor`, is none. */
export const memberOf = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** The list, or an empty one for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The texts among the items of a list. */
export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item) => typeof item === 'string');

/** Whether both are the same JSON; the order of an object's members does not matter. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}

/** Leaves a member as it is, whether it is there or not. */
export const KEEP = Symbol('keep');
/** Takes a member away. */
export const DROP = Symbol('drop');

/** A copy of `object` with these members set; the others stay where they are. */
export function withMembers(object: JsonObject, members: JsonObject): JsonObject {
  const edited = Object.entries(members).filter(([, value]) => value !== KEEP);
  const dropped = new Set(edited.filter(([, value]) => value === DROP).map(([key]) => key));
  const set = edited.filter(([, value]) => value !== DROP);
  const kept = Object.entries(object).filter(([key]) => !dropped.has(key));
  return Object.fromEntries([...kept, ...set]);
}

/** Whether there is anything to do. */
export const isEdit = (members: JsonObject): boolean =>
  Object.values(members).some((value) => value !== KEEP);
