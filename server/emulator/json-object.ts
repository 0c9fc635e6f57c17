import * as v from 'valibot';
import type { ObjectEntries } from 'valibot';

/** A JSON object with at least these members; others are kept. A list, which the library would let pass, is none. */
export const jsonObject = <const Entries extends ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), 'must be an object'),
    v.looseObject(entries),
  );
