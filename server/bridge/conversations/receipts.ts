import type { ConversationView, ReceiptAnswer, ReceiptRequest } from '#protocol/bridge-api';

import type { SignedIn } from '../sign-in/session-store.ts';
import type { ConsumerEvents } from './consumer-events.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { outcomeOf } from './outcome-of.ts';
import type { ReceiptKey, UnloggedReceipts } from './unlogged-receipts.ts';

/** More receipts than two browsers could still race for. */
const MOST_REMEMBERED = 10_000;

/**
 * Receipts that a browser owes by itself. Two browsers of one person owe the same at the same moment, before the log could
 * tell either what the other said: here they meet, and each receipt leaves once. What was told longer ago stands in the log, or
 * among those that the log did not take.
 */
export class Receipts {
  private readonly consumerEvents: ConsumerEvents;
  private readonly unlogged: UnloggedReceipts;
  private readonly queue = new KeyedQueue();
  private readonly told = new Set<string>();

  constructor(consumerEvents: ConsumerEvents, unlogged: UnloggedReceipts) {
    this.consumerEvents = consumerEvents;
    this.unlogged = unlogged;
  }

  /** @throws BridgeError when the cloud could not be asked */
  tell(session: SignedIn, conversation: ConversationView, request: ReceiptRequest): Promise<ReceiptAnswer> {
    const { dialogId, status } = request;
    const prefix = JSON.stringify([conversation.conversationId, dialogId, status]);
    return this.queue.run(prefix, () => this.tellRest(session, conversation, { ...request, prefix }));
  }

  private async tellRest(
    session: SignedIn,
    conversation: ConversationView,
    { dialogId, status, sequenceList, prefix }: ReceiptRequest & { readonly prefix: string },
  ): Promise<ReceiptAnswer> {
    const key = { conversationId: conversation.conversationId, dialogId, status };
    const unlogged = await this.logRest(session, conversation, key);
    const rest = sequenceList.filter(
      (sequence) => !this.told.has(`${prefix}${sequence}`) && !unlogged.includes(sequence),
    );
    if (rest.length === 0) return { outcome: 'known' };
    const receipt = { dialogId, status, sequenceList: rest };
    const sending = this.consumerEvents.sendAcceptStatus(session, conversation, receipt);
    const outcome = await outcomeOf(sending);
    if (outcome === 'refused') return { outcome };
    this.remember(rest.map((sequence) => `${prefix}${sequence}`));
    const isLogged = await sending;
    if (!isLogged) this.unlogged.add(key, rest);
    return { outcome };
  }

  /** What the log did not take when it was told, it may take now. @returns what that was */
  private async logRest(
    session: SignedIn,
    conversation: ConversationView,
    key: ReceiptKey,
  ): Promise<readonly number[]> {
    const sequenceList = this.unlogged.list(key);
    if (sequenceList.length === 0) return [];
    const { dialogId, status } = key;
    const receipt = { dialogId, status, sequenceList };
    if (await this.consumerEvents.tellAcceptStatus(session, conversation, receipt)) {
      this.unlogged.remove(key, sequenceList);
    }
    return sequenceList;
  }

  private remember(names: readonly string[]): void {
    for (const name of names) this.told.add(name);
    for (const oldest of this.told) {
      if (this.told.size <= MOST_REMEMBERED) return;
      this.told.delete(oldest);
    }
  }
}
