import type { InspectorItem } from '../inspector-item';
import { keysOf, type ItemKeys } from './message-keys';

/** Items in the order of their time, each with the keys that it shares with its causes and effects. */
export interface LinkedItem {
  readonly item: InspectorItem;
  readonly keys: ItemKeys;
}

const isDraft = (key: string): boolean => key.startsWith('draft ');

/**
 * Puts items in the order of their time and joins a message with the calls that carried it. The log gives a message
 * no sequence before its answer, so both are named after the call that followed it first; the same text sent twice
 * stays two messages.
 */
export function linkItems(items: readonly InspectorItem[]): readonly LinkedItem[] {
  const waiting = new Map<string, string[]>();
  const joined = new Map<number, string>();
  const ordered = items
    .map((item) => ({ item, keys: keysOf(item) }))
    .sort((one, other) => one.item.at - other.item.at || one.item.id - other.item.id);
  for (const { item, keys } of ordered) {
    const draft = keys.own.find(isDraft);
    if (draft === undefined) continue;
    if (item.kind === 'written') waiting.set(draft, [...(waiting.get(draft) ?? []), `written ${item.id}`]);
    const first = waiting.get(draft)?.[0];
    if (item.kind === 'request' && first !== undefined) {
      joined.set(item.id, first);
      joined.set(Number(first.slice('written '.length)), first);
      // A call that failed may be tried again for the same message.
      if (!item.isFailed) waiting.get(draft)?.shift();
    }
  }
  const sequences = sequencesByMessage(ordered, joined);
  return ordered.map(({ item, keys }) => ({
    item,
    keys: { own: namesOf(item, keys.own, { joined, sequences }), about: keys.about },
  }));
}

interface Joins {
  /** Name of the message by the id of an item. */
  readonly joined: ReadonlyMap<number, string>;
  /** Keys that the answers gave, by the name of the message. */
  readonly sequences: ReadonlyMap<string, readonly string[]>;
}

function sequencesByMessage(
  items: readonly LinkedItem[],
  joined: ReadonlyMap<number, string>,
): ReadonlyMap<string, readonly string[]> {
  const sequences = new Map<string, readonly string[]>();
  for (const { item, keys } of items) {
    const name = joined.get(item.id);
    const own = keys.own.filter((key) => !isDraft(key));
    if (name !== undefined && own.length > 0) sequences.set(name, own);
  }
  return sequences;
}

function namesOf({ id }: InspectorItem, own: readonly string[], { joined, sequences }: Joins): string[] {
  const name = joined.get(id);
  const known = own.filter((key) => !isDraft(key));
  if (name === undefined) return known;
  return [...new Set([...known, ...(sequences.get(name) ?? []), name])];
}
