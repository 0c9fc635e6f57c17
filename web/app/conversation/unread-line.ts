import type { ConversationId } from '#protocol/identifiers';

import type { MessageKey } from './conversation-facts';
import type { Message } from './message';

/** Above which message the unread line stands, and for which conversation. */
export interface UnreadLine {
  readonly conversationId: ConversationId | null;
  /** Id of the message; `null` while there is no line. */
  readonly above: string | null;
  readonly isPresent: boolean;
  /** Whether everything was here once: a connection that was lost since brings only what is new. */
  readonly isLoaded: boolean;
}

export interface UnreadSituation {
  readonly conversationId: ConversationId | null;
  /** Whether somebody looks at the page. */
  readonly isPresent: boolean;
  /** Whether everything that was said before is here. */
  readonly isLoaded: boolean;
  /** Id of the first message that is unread; `null` when none is. */
  readonly firstUnread: string | null;
}

/**
 * The line after the situation has changed. It is drawn above what came while nobody looked, stays while one reads,
 * and goes when one leaves again; what arrives before one's eyes never gets one.
 */
export function nextUnreadLine(before: UnreadLine | null, now: UnreadSituation): UnreadLine {
  const { conversationId, isPresent, isLoaded } = now;
  const isOther = before?.conversationId !== conversationId;
  const hasLeft = before?.isPresent === true && !isPresent;
  const above = isOther || hasLeft ? null : before.above;
  const wasLoaded = !isOther && before.isLoaded;
  return {
    ...{ conversationId, isPresent, isLoaded: isLoaded || wasLoaded },
    above: above ?? unreadUnwatched(now, wasLoaded),
  };
}

/** What came while nobody looked, or before the conversation was opened here. */
function unreadUnwatched(now: UnreadSituation, wasLoaded: boolean): string | null {
  const isUnwatched = now.isLoaded && (!now.isPresent || !wasLoaded);
  return isUnwatched ? now.firstUnread : null;
}

/** What is unread of the messages of others, in their order: those after the newest that was read. What was passed over before that is not new. */
export const unreadOf = (
  keys: readonly MessageKey[],
  isRead: (key: MessageKey) => boolean,
): readonly MessageKey[] => keys.slice(keys.findLastIndex(isRead) + 1);

/** Id of the first message that is unread: the line stands above it, and below it what the list counts. */
export function firstUnreadOf(
  messages: readonly Message[],
  isRead: (key: MessageKey) => boolean,
): string | null {
  const [first] = unreadOf(keysOfOthers(messages), isRead);
  return messages.find(({ key }) => key !== null && key === first)?.id ?? null;
}

/** Of the messages of others that the cloud has numbered. */
export const keysOfOthers = (messages: readonly Message[]): readonly MessageKey[] =>
  messages.flatMap(({ isOwn, key }) => (isOwn || key === null ? [] : [key]));
