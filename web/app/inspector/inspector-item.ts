import type {
  LogEntry,
  LogEntryHead,
  MessageSubmitted,
  NotificationReceived,
  NotificationRefused,
  WebhookDuplicate,
} from '#protocol/bridge-events';
import {
  conversationOf,
  isMessageChange,
  type ConversationChange,
  type NotificationChange,
} from '#protocol/webhook-notification';

import { clockWords } from '../ui/time-words';
import { markWords, type ArrivalMark } from './arrival-book';
import { changeSummary, eventSummary, eventType } from './change-words';
import { lowerCase, whose, type ItemHead, type OtherApp } from './item-head';
import { requestItem, type RequestItem } from './request-item';
import { verdictWords } from './verdict-words';

/** One row of a list beside the chat; `id` is the log's sequence and stays for good. */
export type InspectorItem = WebhookItem | RequestItem | WrittenItem;

export interface WebhookItem extends ItemHead {
  readonly kind: 'webhook';
  readonly isRefused: boolean;
  /** HTTP status that its sender was answered. */
  readonly answer: number;
  /** `ContentEvent`, `ExConversationChange` … */
  readonly type: string;
  readonly role: string;
  readonly summary: string;
  /** Sequence in the dialog; `null` where there is none. */
  readonly messageSequence: number | null;
  /** When the cloud stamped it, by the cloud's clock; `null` where it did not or its clock is ahead of ours. */
  readonly madeAt: number | null;
  /** What was odd about its arrival. */
  readonly marks: readonly ArrivalMark[];
  /** For which app the cloud delivered it, where that is not the conversation's own: no chat has it. */
  readonly otherApp: OtherApp | null;
  readonly entry: LogEntryHead & (NotificationReceived | NotificationRefused);
}

/** A message that the consumer handed to the bridge: where a chain of calls begins. Shown in the timeline only. */
export interface WrittenItem extends ItemHead {
  readonly kind: 'written';
  readonly summary: string;
  readonly entry: LogEntryHead & MessageSubmitted;
}

/** The row for an entry, `null` for entries that have none; `contextOf` is asked once for each webhook. */
export function toItem(entry: LogEntry, contextOf: ContextOf = () => FIRST): InspectorItem | null {
  switch (entry.kind) {
    case 'notification':
      return receivedItem(entry, contextOf(entry));
    case 'message-submitted':
      return writtenItem(entry);
    case 'notification-refused':
      return refusedItem(entry);
    case 'exchange':
      return requestItem(entry);
    default:
      return null;
  }
}

/** The webhook with a mark for what the bridge took once and let fall afterwards; the newest count replaces the last. */
export function withRepetitions(item: WebhookItem, { count, at }: Repetitions): WebhookItem {
  const time = clockWords(at);
  const words =
    count === 1
      ? $localize`it came once more, at ${time}; the bridge counts it once.`
      : $localize`it came ${count} times more, the last at ${time}; the bridge counts it once.`;
  const others = item.marks.filter(({ repetitions }) => repetitions === undefined);
  const marks = [...others, { kind: 'duplicate', words, repetitions: count } as const];
  return { ...item, marks, fields: { ...item.fields, mark: markField(marks) } };
}

/** By the names of the protocol and by the words on the screen. */
const markField = (marks: readonly ArrivalMark[]): string =>
  [...new Set(marks.flatMap((mark) => [mark.kind, markWords(mark)]))].join(' ');

/** A webhook that is in the log was stored, and then acknowledged. @see PROTOCOL.md §8.7 */
const TAKEN = 200;

/** How often an event came again, and when it did last. */
export type Repetitions = Pick<LogEntryHead & WebhookDuplicate, 'count' | 'at'>;

/** What the entries before tell of a webhook. */
interface Context {
  readonly marks: readonly ArrivalMark[];
  /** The state that it takes the place of. */
  readonly before: ConversationChange | null;
}

type ContextOf = (entry: LogEntryHead & NotificationReceived) => Context;

const FIRST: Context = { marks: [], before: null };

function receivedItem(entry: LogEntryHead & NotificationReceived, { marks, before }: Context): WebhookItem {
  const { change } = entry;
  const { role, dialog, messageSequence, stamp } = messageFields(change);
  const type = eventType(entry.type, change);
  const summary = changeSummary(change, before);
  const conversationId = entry.conversationId ?? conversationOf(change);
  const columns = {
    type,
    role,
    summary,
    verdict: entry.signature,
    dialog,
    mark: markField(marks),
    status: `${TAKEN}`,
  };
  const sequence = messageSequence === null ? '' : `${messageSequence}`;
  return {
    ...{ kind: 'webhook', id: entry.sequence, at: entry.at, conversationId, isRefused: false, answer: TAKEN },
    ...{ type, role, summary, messageSequence, marks, otherApp: null, entry },
    madeAt: stamp === null || stamp > entry.at ? null : stamp,
    fields: lowerCase({
      ...columns,
      sequence,
      took: entry.handledMs?.toFixed(2) ?? '',
      app: entry.appKey,
      ...whose(conversationId),
    }),
  };
}

function messageFields(change: NotificationChange) {
  if (!isMessageChange(change)) return { role: '', dialog: '', messageSequence: null, stamp: null };
  const { originatorMetadata, dialogId: dialog, sequence, serverTimestamp } = change;
  const role = originatorMetadata?.role ?? '';
  return { role, dialog, messageSequence: sequence ?? null, stamp: serverTimestamp ?? null };
}

function refusedItem(entry: LogEntryHead & NotificationRefused): WebhookItem {
  const { sequence: id, at, conversationId, reason, detail, status, appKey } = entry;
  const type = 'Refused';
  const summary = verdictWords(reason).short;
  const columns = { type, verdict: reason, status: `${status}`, app: appKey ?? '' };
  const fields = { ...columns, summary: `${summary} ${detail}`, ...whose(conversationId) };
  return {
    ...{ kind: 'webhook', id, at, conversationId, isRefused: true, answer: status },
    ...{ type, role: '', summary, messageSequence: null, marks: [], otherApp: null, entry },
    madeAt: null,
    fields: lowerCase(fields),
  };
}

function writtenItem(entry: LogEntryHead & MessageSubmitted): WrittenItem {
  const { sequence: id, at, conversationId, event, dialogId: dialog } = entry;
  const summary = eventSummary({ ...event });
  const fields = lowerCase({ type: event.type, role: 'consumer', summary, dialog, ...whose(conversationId) });
  return { kind: 'written', id, at, conversationId, summary, fields, entry };
}
