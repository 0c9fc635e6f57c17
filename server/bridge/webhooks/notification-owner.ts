import type { AccountId, UserId } from '#protocol/identifiers';
import {
  conversationOf,
  isConversationChange,
  isMessageChange,
  type NotificationChange,
} from '#protocol/webhook-notification';

import type { ConversationRegistry } from '../conversations/conversation-registry.ts';

/**
 * Whose event it is; `null`: nobody's here, as with conversations of other channels.
 *
 * Known by its conversation, else by its consumer, who was registered before the conversation was opened: a webhook
 * may overtake the answer that names the conversation. @see PROTOCOL.md §8.7
 */
export function ownerOf(
  registry: ConversationRegistry,
  account: AccountId,
  change: NotificationChange,
): UserId | null {
  const conversationId = conversationOf(change);
  const known = conversationId === null ? null : registry.ownerOfConversation(account, conversationId);
  if (known !== null) return known;
  const consumerId = consumerOf(change);
  const owner = consumerId === null ? null : registry.ownerOfConsumer(account, consumerId);
  // From now on the conversation's other events, which do not name the consumer, find their owner too.
  if (owner !== null && conversationId !== null) registry.claim({ account, owner }, conversationId);
  return owner;
}

/** The consumer that the change names; `null`: none. */
export function consumerOf(change: NotificationChange): string | null {
  if (isConversationChange(change)) {
    const participants: unknown = change.result.conversationDetails.participants;
    return Array.isArray(participants) ? consumerAmong(participants) : null;
  }
  if (!isMessageChange(change)) return null;
  return change.originatorMetadata?.role === 'CONSUMER' ? change.originatorId : null;
}

function consumerAmong(participants: readonly unknown[]): string | null {
  for (const participant of participants) {
    if (typeof participant !== 'object' || participant === null) continue;
    if (!('role' in participant) || participant.role !== 'CONSUMER') continue;
    if ('id' in participant && typeof participant.id === 'string') return participant.id;
  }
  return null;
}
