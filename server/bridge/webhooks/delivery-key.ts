import { createHash } from 'node:crypto';

import type { AppKey } from '#protocol/identifiers';
import {
  isConversationChange,
  isMessageChange,
  type ConversationChange,
  type NotificationChange,
} from '#protocol/webhook-notification';

/**
 * What is the same whenever an event is delivered again; `null` for events that cannot be told from their repetition.
 *
 * Messages and receipts: dialog and sequence. Conversation states: time of the last change and content. Chat states
 * have neither number nor time. @see PROTOCOL.md §8.7
 */
export function deliveryKey(appKey: AppKey, change: NotificationChange): string | null {
  if (isConversationChange(change)) return conversationKey(appKey, change);
  if (isMessageChange(change) && typeof change.sequence === 'number') {
    return `message/${appKey}/${change.dialogId}/${change.sequence}`;
  }
  return null;
}

function conversationKey(appKey: AppKey, change: ConversationChange): string {
  const { convId, conversationDetails } = change.result;
  const digest = createHash('sha256').update(JSON.stringify(change)).digest('base64url').slice(0, 22);
  return `conversation/${appKey}/${convId}/${conversationDetails.metaDataLastUpdateTs ?? 0}/${digest}`;
}
