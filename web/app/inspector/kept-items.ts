import type { LogEntry, LogEntryHead, WebhookDuplicate } from '#protocol/bridge-events';
import type { AppKey, ConversationId } from '#protocol/identifiers';

import { withRepetitions, type InspectorItem, type WebhookItem, type WrittenItem } from './inspector-item';
import type { LogReader } from './log-reader';
import type { RequestItem } from './request-item';

/** What came so far, by list. */
export interface Items {
  readonly webhooks: readonly WebhookItem[];
  readonly requests: readonly RequestItem[];
  readonly written: readonly WrittenItem[];
  /** Which app opened a conversation; it stays known, whatever is forgotten of it. */
  readonly owners: ReadonlyMap<ConversationId, AppKey>;
}

export const NOTHING: Items = { webhooks: [], requests: [], written: [], owners: new Map() };

export const onlyItems = (
  { webhooks, requests, written, owners }: Items,
  stays: (item: InspectorItem) => boolean,
): Items => ({
  owners,
  webhooks: webhooks.filter(stays),
  requests: requests.filter(stays),
  written: written.filter(stays),
});

export const listsOf = ({ webhooks, requests, written }: Items): readonly (readonly InspectorItem[])[] => [
  webhooks,
  requests,
  written,
];

export const countOf = ({ webhooks, requests }: Items): number => webhooks.length + requests.length;

/** @param reader Has read what the items are of. */
export function withItems(items: Items, entries: readonly LogEntry[], reader: LogReader): Items {
  const webhooks: WebhookItem[] = [];
  const requests: RequestItem[] = [];
  const written: WrittenItem[] = [];
  for (const entry of entries) {
    const item = reader.read(entry);
    if (item?.kind === 'written') written.push(item);
    if (item?.kind === 'webhook') webhooks.push(item);
    if (item?.kind === 'request') requests.push(item);
  }
  const repeated = entries.filter((entry) => entry.kind === 'webhook-duplicate');
  return {
    webhooks: marked(appended(items.webhooks, webhooks), repeated),
    requests: inOrder(appended(items.requests, requests)),
    written: appended(items.written, written),
    owners: withOwners(items.owners, entries),
  };
}

function withOwners(owners: Items['owners'], entries: readonly LogEntry[]): Items['owners'] {
  const opened = entries.flatMap((entry) =>
    entry.kind === 'conversation-opened' && entry.conversationId !== null
      ? [[entry.conversationId, entry.appKey] as const]
      : [],
  );
  return opened.length === 0 ? owners : new Map([...owners, ...opened]);
}

/** The list with its repetitions marked; the same list where there were none. */
function marked(
  list: readonly WebhookItem[],
  repeated: readonly (LogEntryHead & WebhookDuplicate)[],
): readonly WebhookItem[] {
  if (repeated.length === 0) return list;
  const byOriginal = new Map(repeated.map((repetition) => [repetition.original, repetition]));
  return list.map((item) => {
    const repetition = byOriginal.get(item.id);
    return repetition === undefined ? item : withRepetitions(item, repetition);
  });
}

/** By when they left, as the list shows: the log has a call when its answer is there. */
function inOrder(requests: readonly RequestItem[]): readonly RequestItem[] {
  const isBehind = ({ at }: RequestItem, index: number): boolean => at < (requests[index - 1]?.at ?? at);
  return requests.some(isBehind)
    ? requests.toSorted((one, other) => one.at - other.at || one.id - other.id)
    : requests;
}

/** The same list where nothing came, so that nobody works it out anew. */
const appended = <Item>(list: readonly Item[], more: readonly Item[]): readonly Item[] =>
  more.length === 0 ? list : [...list, ...more];
