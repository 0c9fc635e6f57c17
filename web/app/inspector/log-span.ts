import type { ConversationId } from '#protocol/identifiers';
import { isConversationChange } from '#protocol/webhook-notification';

import type { WebhookItem } from './inspector-item';
import type { Items } from './kept-items';

/** Entries of the log from one to another, both of them in it. */
export interface LogSpan {
  readonly from: number;
  readonly to: number;
}

export const WHOLE_LOG: LogSpan = { from: 0, to: Number.MAX_SAFE_INTEGER };

/**
 * Where the log tells of a conversation: what comes before or after it is history of others. While the conversation is
 * open, its end is still to come.
 */
export function spanOf(
  { webhooks, requests }: Pick<Items, 'webhooks' | 'requests'>,
  of: ConversationId,
): LogSpan {
  let [from, last] = [WHOLE_LOG.to, 0];
  for (const list of [webhooks, requests]) {
    for (const { id, conversationId } of list) {
      if (conversationId !== of) continue;
      from = Math.min(from, id);
      last = Math.max(last, id);
    }
  }
  return { from, to: hasEnded(webhooks, of) ? last : WHOLE_LOG.to };
}

/** By the newest webhook that tells of its state. */
function hasEnded(webhooks: readonly WebhookItem[], of: ConversationId): boolean {
  const newest = webhooks.findLast(
    ({ conversationId, entry }) =>
      conversationId === of && entry.kind === 'notification' && isConversationChange(entry.change),
  );
  if (newest?.entry.kind !== 'notification' || !isConversationChange(newest.entry.change)) return false;
  const { state, stage } = newest.entry.change.result.conversationDetails;
  return (stage ?? state) === 'CLOSE';
}
