import { isMessageChange } from '#protocol/webhook-notification';

import type { InspectorItem, WebhookItem } from '../inspector-item';
import { publishedEvent, type PublishedEvent } from '../published-event';
import type { CallItem, RequestItem, WaitingCall } from '../request-item';

/**
 * What an item is about, by names that its causes and effects share: `dialog/sequence` for a message and for what is
 * said about it, the id that the page gave it before the cloud has given it a sequence.
 */
export interface ItemKeys {
  /** Of the message that the item itself is. */
  readonly own: readonly string[];
  /** Of the messages that the item tells about. */
  readonly about: readonly string[];
}

const NOTHING: ItemKeys = { own: [], about: [] };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of an item by itself; what only its neighbours know is added by `linkItems`. */
export function keysOf(item: InspectorItem): ItemKeys {
  switch (item.kind) {
    case 'webhook':
      return webhookKeys(item);
    case 'request':
      return requestKeys(item);
    case 'written':
      return { own: [draftKey(item.entry.dialogId, { ...item.entry.event })], about: [] };
    default:
      return item satisfies never;
  }
}

function webhookKeys({ entry }: WebhookItem): ItemKeys {
  if (entry.kind !== 'notification' || !isMessageChange(entry.change)) return NOTHING;
  const { dialogId, sequence, event } = entry.change;
  const own = sequence === undefined ? [] : [`${dialogId}/${sequence}`];
  return { own, about: sequencesOf(dialogId, event['sequenceList']) };
}

function requestKeys(item: RequestItem): ItemKeys {
  const message = carriedMessage(item);
  if (message === null) return NOTHING;
  const { dialogId, event } = message;
  const sequence = sequenceIn(item.entry.response?.body);
  const own = sequence === null ? [] : [`${dialogId}/${sequence}`];
  return {
    own: [...own, draftKey(dialogId, event)],
    about: sequencesOf(dialogId, event['sequenceList']),
  };
}

/** What a call and the message that was handed over for it have in common; `null` for calls that publish none. */
export function carriedDraft(call: WaitingCall): string | null {
  const message = carriedMessage(call);
  return message === null ? null : draftKey(message.dialogId, message.event);
}

function carriedMessage({ entry }: CallItem): PublishedEvent | null {
  const published = publishedEvent(entry.request.body);
  return published === null || published.event['type'] === 'ChatStateEvent' ? null : published;
}

function sequenceIn(body: unknown): number | null {
  const inner = isRecord(body) ? body['body'] : null;
  return isRecord(inner) && typeof inner['sequence'] === 'number' ? inner['sequence'] : null;
}

const sequencesOf = (dialogId: string, list: unknown): readonly string[] =>
  Array.isArray(list) ? list.map((sequence) => `${dialogId}/${sequence}`) : [];

/** What a message that was handed over and the call that carries it have in common. */
const draftKey = (dialogId: string, { type, message, content }: Record<string, unknown>): string =>
  `draft ${JSON.stringify([dialogId, type, message ?? content])}`;
