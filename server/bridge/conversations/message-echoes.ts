import { createHash } from 'node:crypto';

import type { DialogId } from '#protocol/identifiers';
import { conversationOf, isMessageChange, type NotificationChange } from '#protocol/webhook-notification';

import type { Audience } from '../event-store/event-store.ts';
import type { Logger } from '../logging/loggers.ts';
import type { MessageOutcomes } from './message-outcomes.ts';
import type { SendLedger } from './send-ledger.ts';

/**
 * What a message and its echo have in common: dialog and content.
 *
 * The cloud sends a consumer's own messages back with their sequence, and this is all that ties an echo to a message
 * whose answer got lost. @see PROTOCOL.md §8.1
 */
export function contentKey(dialogId: DialogId, event: Readonly<Record<string, unknown>>): string {
  const { contentType, message } = event;
  const isFile = typeof message === 'object' && message !== null && 'relativePath' in message;
  const content = JSON.stringify([dialogId, contentType, isFile ? message.relativePath : message]);
  return createHash('sha256').update(content).digest('base64url');
}

/** So far may the cloud's clock be behind this machine's. */
const CLOCKS_DIFFER_MS = 5_000;

export interface MessageEchoesDeps {
  readonly ledger: SendLedger;
  readonly outcomes: MessageOutcomes;
  readonly log: Logger;
}

/**
 * Settles messages whose answer got lost by the echo that the cloud sends of them.
 *
 * An echo that was delivered for another app of the account proves as well that the cloud has the message: whoever did not
 * believe it would let the message be sent twice. Whether the conversation's own app was told is another question; the
 * chat answers it by that app's deliveries alone. @see PROTOCOL.md §8.1
 */
export class MessageEchoes {
  private readonly deps: MessageEchoesDeps;

  constructor(deps: MessageEchoesDeps) {
    this.deps = deps;
  }

  /** Called with each change of a webhook, after it was stored. */
  note(audience: Audience, change: NotificationChange): Promise<void> {
    return this.settle(audience, change, Number.MAX_SAFE_INTEGER);
  }

  /**
   * The same for a message found in the history, where older ones stand too: only what was handed over before the cloud
   * stamped it can be that message.
   */
  noteFromHistory(audience: Audience, change: NotificationChange): Promise<void> {
    const stamp = isMessageChange(change) ? (change.serverTimestamp ?? 0) : 0;
    return this.settle(audience, change, stamp + CLOCKS_DIFFER_MS);
  }

  private async settle(
    audience: Audience,
    change: NotificationChange,
    submittedBefore: number,
  ): Promise<void> {
    const conversationId = conversationOf(change);
    if (conversationId === null || !isMessageChange(change)) return;
    const { dialogId, event, originatorMetadata, sequence: messageSequence } = change;
    const isOwnMessage = originatorMetadata?.role === 'CONSUMER' && event.type === 'ContentEvent';
    if (!isOwnMessage || typeof messageSequence !== 'number') return;
    const content = contentKey(dialogId, event);
    const settled = this.deps.ledger.noteEcho({ conversationId, content, messageSequence, submittedBefore });
    if (settled === null) return;
    const { clientMessageId } = settled;
    this.deps.log.info(
      { conversationId, clientMessageId, messageSequence },
      'a lost answer was found by its echo',
    );
    await this.deps.outcomes.tellSent(audience, { ...settled, dialogId, messageSequence });
  }
}
