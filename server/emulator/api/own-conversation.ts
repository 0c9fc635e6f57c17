import { isDeepStrictEqual } from 'node:util';

import type { ConversationId } from '#protocol/identifiers';

import type { Account } from '../state/account-state.ts';
import type { ConversationState } from '../state/conversation-state.ts';
import type { ConnectorCaller } from './connector-gateway.ts';

/**
 * The conversation, if it is this consumer's: others are as unknown to it as those that do not exist. The features that the
 * client announces with the call hold for the conversation from now on. @see PROTOCOL.md §6.1, §6.6
 */
export function ownConversation(
  account: Account,
  { consumerId, features }: ConnectorCaller,
  id: ConversationId,
): ConversationState | null {
  const conversation = account.conversations.get(id);
  if (conversation?.consumerId !== consumerId) return null;
  const isSame = isDeepStrictEqual(conversation.features, features);
  if (!isSame) account.conversations.execute(id, { type: 'announce', features });
  return account.conversations.get(id);
}
