import { isOfConsumer, NO_FACTS, type ConversationFacts, type MessageKey } from './conversation-facts';
import { unreadOf } from './unread-line';

/** Whoever has more unread messages in one conversation counts them no more. */
const MAX_UNREAD = 1_000;

/**
 * What stays known of a conversation when the log has dropped what was said in it: how it stands, so that it stays in the
 * list as it is, and which messages were unread. `null` when nothing does.
 */
export function withoutWords(facts: ConversationFacts): ConversationFacts | null {
  const { opened, details, dialogs, lastAt } = facts;
  if (opened === null && details === null) return null;
  const isCut = facts.isCut || facts.messages.size > 0 || facts.submissions.size > 0;
  return { ...NO_FACTS, opened, details, dialogs, lastAt, isCut, forgottenUnread: forgottenOf(facts) };
}

function forgottenOf(facts: ConversationFacts): ReadonlySet<MessageKey> {
  const others = [...facts.messages.values()].filter((message) => !isOfConsumer(facts, message));
  const keys = [...facts.forgottenUnread, ...others.map(({ key }) => key)];
  const unread = unreadOf(keys, (key) => facts.ownReceipts.get(key)?.has('READ') === true);
  return new Set(unread.slice(-MAX_UNREAD));
}
