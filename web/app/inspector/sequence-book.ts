import type { LogEntry } from '#protocol/bridge-events';
import type { ConversationId, DialogId } from '#protocol/identifiers';
import { conversationOf, isMessageChange } from '#protocol/webhook-notification';

import { publishedEvent } from './published-event';

/** Sequences of a dialog that follow one another and are not here. */
export interface MissingRun {
  readonly first: number;
  readonly last: number;
  /** The entry of the log that told of a higher one first, and when it came. */
  readonly before: number;
  readonly at: number;
}

/** What is known of the sequences of a dialog. */
export interface DialogSequences {
  readonly conversationId: ConversationId | null;
  /** The lowest that is here: nothing tells whether those before it should be. */
  readonly lowest: number;
  readonly highest: number;
  /** The entry that brought the lowest. */
  readonly begun: Pick<MissingRun, 'before' | 'at'>;
  /** In the order of their sequences. */
  readonly missing: readonly MissingRun[];
  /** Whether webhooks of accept statuses come at all. */
  readonly hasStatuses: boolean;
}

/** By dialog: each counts for itself. @see PROTOCOL.md §11.4 */
export type SequenceBook = ReadonlyMap<DialogId, DialogSequences>;

/** The book after more entries of the log; the same book where they name no sequence. */
export function withSequences(book: SequenceBook, entries: readonly LogEntry[]): SequenceBook {
  const told = entries.flatMap((entry) => toldBy(entry) ?? []);
  if (told.length === 0) return book;
  const next = new Map(book);
  for (const one of told) next.set(one.dialogId, withOne(next.get(one.dialogId), one));
  return next;
}

/** Those runs without one sequence. */
export function withoutSequence(runs: readonly MissingRun[], sequence: number): readonly MissingRun[] {
  if (!runs.some(({ first, last }) => first <= sequence && sequence <= last)) return runs;
  return runs.flatMap((run) => {
    if (sequence < run.first || run.last < sequence) return [run];
    const parts = [
      { ...run, last: sequence - 1 },
      { ...run, first: sequence + 1 },
    ];
    return parts.filter(({ first, last }) => first <= last);
  });
}

type Entry<Kind extends LogEntry['kind']> = Extract<LogEntry, { readonly kind: Kind }>;

interface Told {
  readonly dialogId: DialogId;
  readonly sequence: number;
  readonly conversationId: ConversationId | null;
  readonly isStatus: boolean;
  readonly by: Pick<MissingRun, 'before' | 'at'>;
}

/** By a webhook, or by the answer to a call: both carry the same number. */
function toldBy(entry: LogEntry): Told | null {
  switch (entry.kind) {
    case 'notification':
      return toldByWebhook(entry);
    case 'exchange':
      return toldByAnswer(entry);
    case 'message-sent':
      return toldBySent(entry);
    default:
      return null;
  }
}

function toldByWebhook({ change, conversationId, sequence: before, at }: Entry<'notification'>): Told | null {
  if (!isMessageChange(change) || !isSequence(change.sequence)) return null;
  const { dialogId, sequence, event } = change;
  const isStatus = event.type === 'AcceptStatusEvent';
  const whose = conversationId ?? conversationOf(change);
  return { dialogId, sequence, isStatus, conversationId: whose, by: { before, at } };
}

function toldByAnswer(entry: Entry<'exchange'>): Told | null {
  const published = publishedEvent(entry.request.body);
  const sequence = answeredSequence(entry.response?.body);
  // The answer to a chat state has a 0 that stands for none.
  if (published === null || sequence === null || published.event['type'] === 'ChatStateEvent') return null;
  const { conversationId, startedAt, durationMs } = entry;
  const by = { before: entry.sequence, at: Math.floor(startedAt + durationMs) };
  return { dialogId: published.dialogId, sequence, isStatus: false, conversationId, by };
}

function toldBySent({ dialogId, messageSequence, conversationId, ...entry }: Entry<'message-sent'>): Told {
  const by = { before: entry.sequence, at: entry.at };
  return { dialogId, sequence: messageSequence, isStatus: false, conversationId, by };
}

function answeredSequence(answer: unknown): number | null {
  const body = isRecord(answer) ? answer['body'] : null;
  const sequence = isRecord(body) ? body['sequence'] : null;
  return isSequence(sequence) ? sequence : null;
}

const isSequence = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withOne(
  before: DialogSequences | undefined,
  { sequence, conversationId, isStatus, by }: Told,
): DialogSequences {
  if (before === undefined) {
    const limits = { lowest: sequence, highest: sequence, begun: by };
    return { ...limits, conversationId, missing: [], hasStatuses: isStatus };
  }
  const known = {
    ...before,
    conversationId: before.conversationId ?? conversationId,
    hasStatuses: before.hasStatuses || isStatus,
  };
  const { lowest, highest, missing, begun } = before;
  if (sequence > highest) {
    const more = run(highest + 1, sequence - 1, by);
    return { ...known, highest: sequence, missing: [...missing, ...more] };
  }
  if (sequence < lowest) {
    const more = run(sequence + 1, lowest - 1, begun);
    return { ...known, lowest: sequence, missing: [...more, ...missing] };
  }
  return { ...known, missing: withoutSequence(missing, sequence) };
}

const run = (first: number, last: number, by: Pick<MissingRun, 'before' | 'at'>): readonly MissingRun[] =>
  first <= last ? [{ first, last, ...by }] : [];
