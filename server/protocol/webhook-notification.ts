import type { AccountId, AppKey, ConversationId, DialogId } from './identifiers.ts';
import type { Metadata } from './connector/events.ts';

/** Headers of a webhook, lower-case. @see PROTOCOL.md §8.1 */
export const WEBHOOK_HEADERS = {
  account: 'x-liveperson-account-id',
  clientId: 'x-liveperson-client-id',
  signature: 'x-liveperson-signature',
} as const;

/** Whose webhook it says it is. */
export interface WebhookSender {
  readonly account: AccountId;
  readonly appKey: AppKey;
}

export const MESSAGING_NOTIFICATION = 'ms.MessagingEventNotification';
export const CONVERSATION_NOTIFICATION = 'cqm.ExConversationChangeNotification';

/** Body of a webhook: one notification of UMS. @see PROTOCOL.md §8.3 */
export interface WebhookNotification {
  readonly kind: string;
  readonly type: string;
  readonly body: { readonly changes: readonly NotificationChange[]; readonly [other: string]: unknown };
}

/** One change, as received. Read it with the guards below: the cloud may send kinds that are not known here. */
export type NotificationChange = Readonly<Record<string, unknown>>;

export type ParticipantRole =
  'CONSUMER' | 'ASSIGNED_AGENT' | 'AGENT' | 'MANAGER' | 'READER' | 'CONTROLLER' | (string & {});

/** A change of `ms.MessagingEventNotification`. @see PROTOCOL.md §8.3 */
export interface MessageChange {
  /** Absent on chat states. */
  readonly sequence?: number;
  readonly originatorId: string;
  readonly originatorMetadata?: { readonly id: string; readonly role: ParticipantRole };
  /** Epoch milliseconds; absent on chat states. */
  readonly serverTimestamp?: number;
  readonly event: { readonly type: string; readonly [other: string]: unknown };
  /** Missing in the oldest deliveries: fall back to `dialogId`. */
  readonly conversationId?: ConversationId;
  readonly dialogId: DialogId;
  /** `AGENTS_AND_MANAGERS` must never be shown to the consumer. */
  readonly messageAudience?: string;
  readonly metadata?: Metadata | null;
}

/** A change of `cqm.ExConversationChangeNotification`: the complete state, not a difference. @see PROTOCOL.md §8.3 */
export interface ConversationChange {
  readonly type: string;
  readonly result: {
    readonly convId: ConversationId;
    readonly effectiveTTR?: number;
    readonly conversationDetails: ConversationDetails;
  };
}

export interface ConversationDetails {
  readonly skillId?: string;
  readonly participants?: readonly { readonly id: string; readonly role: ParticipantRole }[];
  readonly dialogs?: readonly DialogDetails[];
  readonly brandId?: string;
  /** State of the main dialog. */
  readonly state: 'OPEN' | 'CLOSE' | (string & {});
  /** State of the whole conversation. */
  readonly stage?: 'OPEN' | 'CLOSE' | (string & {});
  readonly closeReason?: string;
  readonly startTs?: number;
  readonly endTs?: number;
  readonly metaDataLastUpdateTs?: number;
  readonly ttr?: { readonly ttrType: string; readonly value: number };
  readonly [other: string]: unknown;
}

export interface DialogDetails {
  readonly dialogId: DialogId;
  readonly dialogType: 'MAIN' | 'POST_SURVEY' | (string & {});
  readonly channelType?: string;
  /** Of a survey's dialog: the installation of its bot. @see PROTOCOL.md §8.4.9 */
  readonly metaData?: { readonly appInstallId?: string };
  readonly state: 'OPEN' | 'CLOSE' | (string & {});
  readonly participantsDetails?: readonly { readonly id: string; readonly role: ParticipantRole }[];
  readonly creationTs?: number;
  readonly endTs?: number;
  readonly metaDataLastUpdateTs?: number;
  readonly closedBy?: string;
  readonly closedCause?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

const isNumber = (value: unknown): value is number => typeof value === 'number';

const isAbsentOr = (is: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || value === null || is(value);

/** Whether the change carries a message, status or chat state that can be read. */
export function isMessageChange(change: unknown): change is MessageChange {
  return (
    isRecord(change) &&
    isRecord(change['event']) &&
    isText(change['event']['type']) &&
    isText(change['dialogId']) &&
    isText(change['originatorId']) &&
    isAbsentOr(isText, change['conversationId']) &&
    isAbsentOr(Number.isSafeInteger, change['sequence']) &&
    isAbsentOr(isNumber, change['serverTimestamp']) &&
    isAbsentOr(isRecord, change['originatorMetadata'])
  );
}

/** Whether the change carries the state of a conversation that can be read. */
export function isConversationChange(change: unknown): change is ConversationChange {
  if (!isRecord(change) || !isRecord(change['result'])) return false;
  const { convId, conversationDetails } = change['result'];
  return (
    isText(convId) &&
    isRecord(conversationDetails) &&
    isAbsentOr(isNumber, conversationDetails['metaDataLastUpdateTs'])
  );
}

/** Whether the value has the outer form of a notification. */
export function isWebhookNotification(value: unknown): value is WebhookNotification {
  return (
    isRecord(value) &&
    typeof value['type'] === 'string' &&
    isRecord(value['body']) &&
    Array.isArray(value['body']['changes']) &&
    value['body']['changes'].every(isRecord)
  );
}

/** The conversation a change belongs to, or `null` when it names none. */
export function conversationOf(change: NotificationChange): ConversationId | null {
  if (isConversationChange(change)) return change.result.convId;
  if (!isMessageChange(change)) return null;
  return change.conversationId ?? (change.dialogId as string as ConversationId);
}
