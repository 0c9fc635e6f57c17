import { BRIDGE_UNREACHABLE } from '../bridge/bridge-failure';
import type { Metadata } from '#protocol/connector/events';
import { asConversationId, asDialogId, type ConversationId, type DialogId } from '#protocol/identifiers';

import type { Delivery, DeliveryFailure, Message } from './message';
import type { MessageContent } from './message-content';

/** A message that this page hands to the bridge, until the log tells the rest. */
export interface LocalMessage {
  readonly clientMessageId: string;
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
  readonly content: MessageContent;
  readonly metadata: Metadata | null;
  /** `clientMessageId` of the message that it stands for, whose fate nobody knows. */
  readonly replaces?: string;
  /** When it was written, epoch milliseconds. */
  readonly at: number;
  /** Whether the call is under way. */
  readonly isSending: boolean;
  /** How the last call failed; `null` while none did. */
  readonly failure: DeliveryFailure | null;
  /** Whether the page ended before the call did, and the log has not yet told whether the bridge had it. */
  readonly isCutOff?: boolean;
  /** Whether an earlier call got no answer, so that it may have arrived whatever became of the last one. */
  readonly isDoubtful?: boolean;
}

/** Longer than any call of the bridge takes: a message that still has no answer then will not get one. */
export const ANSWER_LIMIT_MS = 90_000;

/** Webhooks come within a second; one that takes longer than this is late enough to be told. */
export const ECHO_LIMIT_MS = 10_000;

/** The messages of the log with what only this page knows: calls under way and calls that never reached the bridge. */
export function withLocalMessages(
  messages: readonly Message[],
  locals: readonly LocalMessage[],
  now: number,
): readonly Message[] {
  const byId = new Map(locals.map((local) => [local.clientMessageId, local]));
  const replaced = new Set(locals.flatMap(({ replaces }) => replaces ?? []));
  const known = messages.map((message) => {
    const { delivery } = message;
    if (typeof delivery?.clientMessageId !== 'string') return message;
    const local = byId.get(delivery.clientMessageId);
    byId.delete(delivery.clientMessageId);
    const waitedMs = now - message.at;
    const known = correct(delivery, local, waitedMs > ANSWER_LIMIT_MS);
    const corrected = withMissingEcho(replaced.has(message.id) ? asReplaced(known) : known, waitedMs);
    return corrected === delivery ? message : { ...message, delivery: corrected };
  });
  return byId.size === 0 ? known : [...known, ...[...byId.values()].map(asMessage)];
}

/** Whether the log has told all there is, so that the local copy can go. */
export function isSettled(local: LocalMessage, messages: readonly Message[]): boolean {
  if (local.isSending) return false;
  const state = messages.find((message) => message.id === local.clientMessageId)?.delivery?.state;
  return state !== undefined && state !== 'sending';
}

function correct(delivery: Delivery, local: LocalMessage | undefined, isOverdue: boolean): Delivery {
  if (local?.isSending === true) return delivery.state === 'failed' ? tryingAgain(delivery) : delivery;
  if (delivery.state !== 'sending') return delivery;
  // The bridge has it, and then the line broke: the log will tell, or never will.
  const failure = local?.failure ?? (isOverdue ? NO_ANSWER : null);
  return failure === null ? delivery : failed(delivery, failure);
}

/** An answered message whose notification stays away says so: a webhook was lost, or the endpoint is not reached. */
function withMissingEcho(delivery: Delivery, waitedMs: number): Delivery {
  const isMissing = delivery.isAnswered && delivery.echo === 'awaited' && waitedMs > ECHO_LIMIT_MS;
  return isMissing ? { ...delivery, echo: 'missing' } : delivery;
}

const asReplaced = (delivery: Delivery): Delivery =>
  delivery.failure === null ? delivery : { ...delivery, failure: { ...delivery.failure, isReplaced: true } };

const tryingAgain = (delivery: Delivery): Delivery => ({
  ...delivery,
  ...{ state: 'sending', failure: null, isRemovable: false },
});

const failed = (delivery: Delivery, { problem }: DeliveryFailure): Delivery => ({
  ...delivery,
  state: 'failed',
  failure: { problem, isAnswerMissing: true, isReplaced: false },
  isRemovable: false,
});

/** The bridge stopped between taking the message and telling what became of it, or never had it. */
export const NO_ANSWER: DeliveryFailure = {
  problem: BRIDGE_UNREACHABLE,
  isAnswerMissing: true,
  isReplaced: false,
};

function asMessage(local: LocalMessage): Message {
  const { clientMessageId, dialogId, content, metadata, at, isSending, failure } = local;
  const isFailed = !isSending && failure !== null;
  return {
    ...{ id: clientMessageId, dialogId, content, metadata, at, sequence: null, key: null, isOwn: true },
    ...{ authorId: 'consumer', role: 'CONSUMER', quickReplies: undefined, isFromHistory: false },
    delivery: {
      ...{ clientMessageId, isAnswered: false, echo: 'awaited', accepted: null, read: null },
      state: isFailed ? 'failed' : 'sending',
      failure: isFailed ? failure : null,
      isRemovable: isFailed && isSurelyUnsent(local),
    },
  };
}

const isSurelyUnsent = ({ failure, replaces, isDoubtful }: LocalMessage): boolean =>
  failure?.isAnswerMissing === false && replaces === undefined && isDoubtful !== true;

/** The message that is opening its conversation, as the screen shows it meanwhile. */
export function openingMessages(opening: {
  clientMessageId: string;
  text: string;
  at: number;
}): readonly Message[] {
  const { clientMessageId, text, at } = opening;
  const nowhere = { conversationId: asConversationId('opening'), dialogId: asDialogId('opening') };
  const rest = { metadata: null, isSending: true, failure: null };
  return [asMessage({ clientMessageId, content: { kind: 'text', text }, at, ...nowhere, ...rest })];
}
