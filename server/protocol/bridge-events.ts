import type { ConsumerIdentity } from './consumer.ts';
import type { AppKey, ConversationId, DialogId } from './identifiers.ts';
import type { ConversationOptions } from './bridge-api.ts';
import type { AcceptStatus, ChatState, MessagingEvent, Metadata, RawEvent } from './connector/events.ts';
import type { Problem } from './problem.ts';
import type { NotificationChange } from './webhook-notification.ts';

export type { ConsumerIdentity } from './consumer.ts';

/**
 * One entry of the bridge's log, as the browser receives it on `GET /api/events`.
 *
 * The log is the only truth: what the screen shows is a function of these entries, so a page that replays them
 * from the start shows the same as one that was there all the time.
 */
export type LogEntry = LogEntryHead & LogPayload;

export interface LogEntryHead {
  /** Strictly increasing over the whole log; also the SSE id. Gaps are normal. */
  readonly sequence: number;
  /** When the bridge stored it, epoch milliseconds. */
  readonly at: number;
  /** `null`: belongs to the account, not to a conversation known when it was stored. */
  readonly conversationId: ConversationId | null;
}

export type LogPayload =
  | ConversationOpened
  | MessageSubmitted
  | MessageSent
  | MessageFailed
  | EventPublished
  | NotificationReceived
  | NotificationRefused
  | WebhookDuplicate
  | ExchangeRecorded;

export type LogKind = LogPayload['kind'];

/** The cloud opened a conversation for us. */
export interface ConversationOpened {
  readonly kind: 'conversation-opened';
  readonly appKey: AppKey;
  readonly consumer: ConsumerIdentity;
  readonly options: ConversationOptions;
}

/** The browser handed over a message; stored before the cloud is called. */
export interface MessageSubmitted {
  readonly kind: 'message-submitted';
  readonly clientMessageId: string;
  readonly dialogId: DialogId;
  readonly event: MessagingEvent | RawEvent;
  readonly metadata?: Metadata;
  /** `clientMessageId` of the message that its writer gave up waiting for. */
  readonly replaces?: string;
}

/** The cloud took the message and gave it a sequence. */
export interface MessageSent {
  readonly kind: 'message-sent';
  readonly clientMessageId: string;
  readonly dialogId: DialogId;
  readonly messageSequence: number;
}

/** The message was refused, or its answer never came (`isAnswerMissing`: it may still have arrived). */
export interface MessageFailed {
  readonly kind: 'message-failed';
  readonly clientMessageId: string;
  readonly problem: Problem;
  readonly isAnswerMissing: boolean;
}

/** A chat state or accept status of the consumer that the cloud took. */
export interface EventPublished {
  readonly kind: 'event-published';
  readonly dialogId: DialogId;
  readonly event:
    | { readonly type: 'ChatStateEvent'; readonly chatState: ChatState }
    | {
        readonly type: 'AcceptStatusEvent';
        readonly status: AcceptStatus;
        readonly sequenceList: readonly number[];
      };
  /** What an ACTION was about: metadata of the element that was used. @see PROTOCOL.md §12.4 */
  readonly metadata?: Metadata;
}

/** One change of a webhook that passed every check. */
export interface NotificationReceived {
  readonly kind: 'notification';
  /** Same for all changes of one webhook. */
  readonly deliveryId: string;
  readonly appKey: AppKey;
  /** `ms.MessagingEventNotification`, `cqm.ExConversationChangeNotification` or one not known here. */
  readonly type: string;
  /** Index of the change in its webhook, and how many there were. */
  readonly changeIndex: number;
  readonly changeCount: number;
  readonly change: NotificationChange;
  readonly signature: SignatureVerdict;
  /** Headers as received, secrets masked. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
  /** From the whole body to the commit that the answer waits for, milliseconds, without it; absent in older logs. */
  readonly handledMs?: number;
}

export const SIGNATURE_VERDICTS = [
  'valid',
  'header-missing',
  'header-malformed',
  'algorithm-unknown',
  'algorithm-unexpected',
  'encoding-unexpected',
  'unknown-app',
  'body-differs',
  'other-apps-secret',
] as const;

/** How the signature check ended; everything but `valid` is a refusal with a reason a person can act on. */
export type SignatureVerdict = (typeof SIGNATURE_VERDICTS)[number];

/** A webhook that was not taken. Never part of a conversation. */
export interface NotificationRefused {
  readonly kind: 'notification-refused';
  readonly deliveryId: string;
  /** HTTP status that the sender got; 200 in observe mode. */
  readonly status: number;
  /** Verdict of the signature check, or why the body could not be read. */
  readonly reason: SignatureVerdict | 'invalid-json' | 'too-complex' | 'not-a-notification';
  readonly detail: string;
  readonly appKey: AppKey | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly sizeBytes: number;
}

/**
 * An event that the log holds came again. The log keeps one such entry per event, with a new sequence for each count: the
 * newest of them stands for those before. Its `at` is when the event came last.
 */
export interface WebhookDuplicate {
  readonly kind: 'webhook-duplicate';
  /** Sequence of the `notification` entry that came first. */
  readonly original: number;
  /** How often it came again; the first time does not count. */
  readonly count: number;
}

/** A call that left for the cloud, secrets masked at the source. */
export interface ExchangeRecorded {
  readonly kind: 'exchange';
  readonly exchangeId: string;
  /** Service name of the directory, or `csds` for the directory itself. */
  readonly service: string;
  /** What the call is for, e.g. `ms.PublishEvent ContentEvent` or `app token`. */
  readonly summary: string;
  /** First try is 1. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly request: ExchangeRequest;
  /** `null` when no answer came. */
  readonly response: ExchangeResponse | null;
  /** Why no answer came, in words. */
  readonly failure: string | null;
}

export interface ExchangeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A call that has left for the cloud and is not answered yet, secrets masked at the source. Its end is an `exchange` of the same name. */
export interface CallUnderWay extends Pick<
  ExchangeRecorded,
  'exchangeId' | 'service' | 'summary' | 'attempt' | 'startedAt' | 'request'
> {
  /** `null`: belongs to the account, or to a conversation that it opens. */
  readonly conversationId: ConversationId | null;
}

/** All calls of the person that are under way, in the order in which they left; takes the place of what was told before. */
export interface CallsUnderWay {
  readonly calls: readonly CallUnderWay[];
}

/** Names of the SSE events on `GET /api/events`. */
export const STREAM_EVENTS = {
  /** `data` is a {@link LogEntry}; `id` its sequence. */
  entry: 'entry',
  /** `data` is a {@link Heartbeat}: proof that the whole way is open. */
  heartbeat: 'heartbeat',
  /** `data` is {@link CallsUnderWay}: what goes on, which the log does not have yet. */
  underWay: 'under-way',
  /** `data` is {@link CaughtUp}: everything stored when the stream opened has been sent. */
  caughtUp: 'caught-up',
  /** `data` is {@link StreamReset}: drop what you have, the log starts anew. */
  reset: 'reset',
  /** `data` is {@link StreamGap}: entries you have not seen are gone. */
  gap: 'gap',
  /** `data` is {@link SignedOut}: the session ended, the stream closes. */
  signedOut: 'signed-out',
} as const;

export interface Heartbeat {
  readonly at: number;
  /** Newest sequence this stream was sent. */
  readonly sequence: number;
  /** `false`: the bridge could not store what came last, and refuses webhooks until it can. A bridge of before does not say. */
  readonly isStoring?: boolean;
  /** Newest entry of the account that retention has dropped; 0: none. A bridge of before does not say. */
  readonly droppedThrough?: number;
}

export interface CaughtUp {
  readonly sequence: number;
}

export interface StreamReset {
  readonly reason: 'log-cleared' | 'cursor-unknown';
}

export interface StreamGap {
  /** How many entries are missing; `null` when unknown. */
  readonly missed: number | null;
  readonly oldest: number;
}

export interface SignedOut {
  readonly reason: 'signed-out' | 'expired';
}
