import type { Metadata } from '#protocol/connector/events';
import type { DialogId } from '#protocol/identifiers';
import type { ParticipantRole } from '#protocol/webhook-notification';

import type { BridgeFailure } from '../bridge/bridge-failure';
import type { MessageKey, Receipt } from './conversation-facts';
import type { MessageContent } from './message-content';

/** A message as the screen shows it. */
export interface Message {
  /** Stays the same while a message is sending, sent and read. */
  readonly id: string;
  readonly dialogId: DialogId;
  /** `null` until the cloud has given one. */
  readonly sequence: number | null;
  readonly key: MessageKey | null;
  /** Whether the consumer wrote it, on this page or elsewhere. */
  readonly isOwn: boolean;
  readonly authorId: string;
  readonly role: ParticipantRole;
  /** Epoch milliseconds; the cloud's clock once it has spoken, the bridge's before. */
  readonly at: number;
  readonly content: MessageContent;
  readonly quickReplies: unknown;
  readonly metadata: Metadata | null;
  /** Whether nothing but the cloud's history tells of it: no webhook brought it here, and it was not written here. */
  readonly isFromHistory: boolean;
  /** `null` for messages of others. */
  readonly delivery: Delivery | null;
}

export type DeliveryState = 'sending' | 'sent' | 'accepted' | 'read' | 'failed';

/**
 * What became of its own notification. `missing`: it should have come long ago; `recorded`: no webhook of it is known,
 * the cloud's history has it.
 */
export type Echo = 'came' | 'awaited' | 'missing' | 'recorded';

/** How far an own message has come, and by which evidence. */
export interface Delivery {
  readonly state: DeliveryState;
  /** Names the message for a retry; `null` when it was written elsewhere. */
  readonly clientMessageId: string | null;
  /** Whether the cloud's answer told the sequence. */
  readonly isAnswered: boolean;
  readonly echo: Echo;
  readonly accepted: Receipt | null;
  readonly read: Receipt | null;
  /** Set exactly when `state` is `failed`. */
  readonly failure: DeliveryFailure | null;
  /** Whether it can be taken out of the chat: it was surely not sent, and stands for no other that may have been. */
  readonly isRemovable: boolean;
}

export interface DeliveryFailure {
  readonly problem: BridgeFailure['problem'];
  /** No answer came: the message may have arrived all the same. */
  readonly isAnswerMissing: boolean;
  /** It was sent once more, as another message: nobody waits for it any longer. */
  readonly isReplaced: boolean;
}
