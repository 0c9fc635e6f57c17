import type { ConversationOptions } from '#protocol/bridge-api';
import type { ConsumerIdentity } from '#protocol/bridge-events';
import type { AcceptStatus, ChatState, Metadata } from '#protocol/connector/events';
import type { AppKey, ConsumerId, DialogId } from '#protocol/identifiers';
import type { Problem } from '#protocol/problem';
import type { ParticipantRole } from '#protocol/webhook-notification';

import type { MessageContent } from './message-content';

/** Names a message for good: dialog and sequence. @see PROTOCOL.md §8.7, §11.4 */
export type MessageKey = `${string}/${number}`;

/** Place in the log of what the cloud's history told: none; it gives way to everything that has one. */
export const IN_HISTORY = Number.MAX_SAFE_INTEGER;

export const messageKey = (dialogId: DialogId, sequence: number): MessageKey => `${dialogId}/${sequence}`;

/** Whether one message comes after another of the same dialog. */
export function isLater(key: MessageKey, other: MessageKey): boolean {
  const [at, otherAt] = [key.lastIndexOf('/'), other.lastIndexOf('/')];
  return key.slice(0, at) === other.slice(0, otherAt) && +key.slice(at + 1) > +other.slice(otherAt + 1);
}

/**
 * All that the log says about one conversation, each thing once and under its own name.
 *
 * Built so that neither repetition nor order matters: a fact that comes twice is one fact, and of two that
 * contradict each other the log's or the cloud's own order decides, not the order of arrival here.
 */
export interface ConversationFacts {
  readonly opened: OpenedFact | null;
  /** By `clientMessageId`. */
  readonly submissions: ReadonlyMap<string, Submission>;
  readonly messages: ReadonlyMap<MessageKey, MessageFact>;
  /** What others said about messages: the first ACCEPT, the first READ … */
  readonly receipts: ReadonlyMap<MessageKey, ReceiptsFact>;
  /** What the consumer has said already about the messages of others. */
  readonly ownReceipts: ReadonlyMap<MessageKey, ReadonlySet<AcceptStatus>>;
  /** What the consumer has used in messages of others: for each ACTION the key of its metadata. */
  readonly ownActions: ReadonlyMap<MessageKey, ReadonlySet<string>>;
  readonly dialogs: ReadonlyMap<DialogId, DialogFact>;
  readonly details: DetailsFact | null;
  /** Newest chat state of each other participant, by originator. */
  readonly chatStates: ReadonlyMap<string, ChatStateFact>;
  readonly ownChatState: { readonly chatState: ChatState; readonly logSequence: number } | null;
  /** When the newest entry was stored, epoch milliseconds; 0 before there is one. */
  readonly lastAt: number;
  /** Whether messages that were known are forgotten. */
  readonly isCut: boolean;
  /** Forgotten messages of others after the newest that the consumer had told a READ of: they stay unread. The newest, not all. */
  readonly forgottenUnread: ReadonlySet<MessageKey>;
  /** What the cloud's history told of the conversation; `null` while it was not read or has nothing. */
  readonly recorded: RecordedFact | null;
}

export interface RecordedFact {
  readonly consumerId: ConsumerId | null;
  readonly consumerName: string | null;
  /** Epoch milliseconds; `null` where it does not say. */
  readonly startedAt: number | null;
}

export interface OpenedFact {
  readonly appKey: AppKey;
  readonly consumer: ConsumerIdentity;
  /** All that it was opened with. */
  readonly options: ConversationOptions;
  readonly at: number;
  readonly logSequence: number;
}

/** A message of the consumer that was handed to the bridge, by this page or another. */
export interface Submission {
  readonly clientMessageId: string;
  /** `null` until the entry that submits it is here. */
  readonly draft: SubmittedDraft | null;
  /** Log sequence of the newest attempt. */
  readonly lastAttempt: number;
  readonly sent: { readonly dialogId: DialogId; readonly sequence: number } | null;
  readonly failure: SubmissionFailure | null;
  /** Its writer gave up waiting and sent it once more, as another message. */
  readonly isReplaced: boolean;
}

export interface SubmittedDraft {
  readonly dialogId: DialogId;
  readonly content: MessageContent;
  readonly metadata: Metadata | null;
  /** Whether it stands for another message, whose fate nobody knows. */
  readonly isReplacement: boolean;
  readonly at: number;
  readonly logSequence: number;
}

export interface SubmissionFailure {
  readonly problem: Problem;
  /** It may have arrived all the same. */
  readonly isAnswerMissing: boolean;
  readonly logSequence: number;
}

/** A message as a notification told it. */
export interface MessageFact {
  readonly key: MessageKey;
  readonly dialogId: DialogId;
  readonly sequence: number;
  readonly originatorId: string;
  readonly role: ParticipantRole;
  readonly content: MessageContent;
  readonly quickReplies: unknown;
  readonly metadata: Metadata | null;
  readonly at: number;
  readonly logSequence: number;
}

/** A place in the log and the time it was stored at. */
export interface Moment {
  readonly logSequence: number;
  readonly at: number;
}

/** Whether the message came after the moment: by the log where it has a place there, else by the clock. */
export const isAfter = (message: Moment, moment: Moment): boolean =>
  message.logSequence === IN_HISTORY ? message.at > moment.at : message.logSequence > moment.logSequence;

/** Whether the consumer wrote it, here or elsewhere. */
export const isOfConsumer = (
  { opened }: ConversationFacts,
  { role, originatorId }: Pick<MessageFact, 'role' | 'originatorId'>,
): boolean => role === 'CONSUMER' || originatorId === opened?.consumer.consumerId;

export interface Receipt {
  readonly by: string;
  readonly role: ParticipantRole;
  readonly at: number;
  readonly logSequence: number;
}

export type ReceiptsFact = Readonly<Partial<Record<AcceptStatus, Receipt>>>;

export interface DialogFact {
  readonly dialogId: DialogId;
  readonly type: string;
  readonly isOpen: boolean;
  readonly createdAt: number;
  readonly closedBy: string | null;
  readonly closedCause: string | null;
  readonly stamp: number;
  readonly logSequence: number;
}

export interface DetailsFact {
  /** The conversation is over; it never opens again. @see PROTOCOL.md §11.1 */
  readonly isClosed: boolean;
  readonly closeReason: string | null;
  readonly skillId: string | null;
  readonly participants: readonly ParticipantFact[];
  readonly stamp: number;
  readonly logSequence: number;
}

export interface ParticipantFact {
  readonly id: string;
  readonly role: ParticipantRole;
}

export interface ChatStateFact {
  readonly originatorId: string;
  readonly role: ParticipantRole;
  readonly dialogId: DialogId;
  readonly chatState: string;
  readonly at: number;
  readonly logSequence: number;
}

export const NO_FACTS: ConversationFacts = {
  opened: null,
  submissions: new Map(),
  messages: new Map(),
  receipts: new Map(),
  ownReceipts: new Map(),
  ownActions: new Map(),
  dialogs: new Map(),
  details: null,
  chatStates: new Map(),
  ownChatState: null,
  lastAt: 0,
  isCut: false,
  forgottenUnread: new Set(),
  recorded: null,
};

/** The facts while a batch of entries is worked in; never seen outside of that. */
export interface FactsDraft {
  opened: OpenedFact | null;
  submissions: Map<string, Submission>;
  messages: Map<MessageKey, MessageFact>;
  receipts: Map<MessageKey, ReceiptsFact>;
  ownReceipts: Map<MessageKey, ReadonlySet<AcceptStatus>>;
  ownActions: Map<MessageKey, ReadonlySet<string>>;
  dialogs: Map<DialogId, DialogFact>;
  details: DetailsFact | null;
  chatStates: Map<string, ChatStateFact>;
  ownChatState: { readonly chatState: ChatState; readonly logSequence: number } | null;
  lastAt: number;
  isCut: boolean;
  forgottenUnread: ReadonlySet<MessageKey>;
  recorded: RecordedFact | null;
}

/** A copy that may be changed; one per batch, so that replaying a long log stays linear. */
export function draftOf(facts: ConversationFacts): FactsDraft {
  return {
    ...facts,
    submissions: new Map(facts.submissions),
    messages: new Map(facts.messages),
    receipts: new Map(facts.receipts),
    ownReceipts: new Map(facts.ownReceipts),
    ownActions: new Map(facts.ownActions),
    dialogs: new Map(facts.dialogs),
    chatStates: new Map(facts.chatStates),
  };
}
