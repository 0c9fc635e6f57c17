import type { InspectorItem } from '../inspector-item';
import type { WaitingCall } from '../request-item';
import { carriedDraft, keysOf, type ItemKeys } from './message-keys';

/** Items in the order of their time, each with the keys that it shares with its causes and effects. */
export interface LinkedItem {
  readonly item: InspectorItem;
  readonly keys: ItemKeys;
}

export interface Links {
  readonly items: readonly LinkedItem[];
  /** By the numbers of calls that wait: the messages that they carry. */
  readonly carried: ReadonlyMap<number, string>;
}

const isDraft = (key: string): boolean => key.startsWith('draft ');

/**
 * Puts items in the order of their time and joins a message with the calls that carry it. The log gives a message
 * no sequence before its answer, so both are named by the id that the page gave it: that of the first one that waited for
 * such a call. The same text sent twice stays two messages.
 */
export function linkItems(items: readonly InspectorItem[], calls: readonly WaitingCall[] = []): Links {
  const ordered = items
    .map((item) => ({ item, keys: keysOf(item) }))
    .sort((one, other) => one.item.at - other.item.at || one.item.id - other.item.id);
  const drafts = new Drafts();
  const joined = new Map<number, string>();
  for (const { item, keys } of ordered) {
    const draft = keys.own.find(isDraft);
    const name = draft === undefined ? undefined : nameOf(item, draft, drafts);
    if (name !== undefined) joined.set(item.id, name);
  }
  const sequences = sequencesByMessage(ordered, joined);
  return {
    items: ordered.map(({ item, keys }) => ({
      item,
      keys: { own: namesOf(item, keys.own, { joined, sequences }), about: keys.about },
    })),
    carried: new Map(calls.flatMap((call) => waitingName(call, drafts))),
  };
}

/** Messages that were handed over and not answered, by what they say. */
class Drafts {
  private readonly names = new Map<string, string[]>();

  add(draft: string, name: string): void {
    this.names.set(draft, [...(this.names.get(draft) ?? []), name]);
  }

  first(draft: string): string | undefined {
    return this.names.get(draft)?.[0];
  }

  settle(draft: string): void {
    this.names.get(draft)?.shift();
  }
}

function nameOf(item: InspectorItem, draft: string, drafts: Drafts): string | undefined {
  if (item.kind === 'written') {
    const { clientMessageId } = item.entry;
    drafts.add(draft, clientMessageId);
    return clientMessageId;
  }
  const name = drafts.first(draft);
  // A call that failed may be tried again for the same message.
  if (item.kind === 'request' && !item.isFailed) drafts.settle(draft);
  return name;
}

function waitingName(call: WaitingCall, drafts: Drafts): (readonly [number, string])[] {
  const draft = carriedDraft(call);
  const name = draft === null ? undefined : drafts.first(draft);
  if (draft === null || name === undefined) return [];
  drafts.settle(draft);
  return [[call.id, name]];
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
