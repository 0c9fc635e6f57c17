import type { ConversationId } from '#protocol/identifiers';

import type { ConversationFacts, MessageKey } from './conversation-facts';
import type { ConversationPhase, ConversationState } from './conversation-state';
import { contentSummary } from './message-content';
import { closerWords } from './words';

/** One row of the list of conversations. */
export interface ConversationSummary {
  readonly id: ConversationId;
  readonly name: string;
  /** What was said last, or what happened instead; empty before anything did. */
  readonly lastLine: string;
  readonly lastAt: number;
  readonly phase: ConversationPhase;
  /** Messages of others that were neither reported as read nor seen here. */
  readonly unread: number;
}

export function summarise(
  state: ConversationState,
  facts: ConversationFacts,
  isSeen: (key: MessageKey) => boolean,
): ConversationSummary {
  const isUnread = (key: MessageKey | null): boolean =>
    key !== null && facts.ownReceipts.get(key)?.has('READ') !== true && !isSeen(key);
  return {
    id: state.id,
    name: state.consumer?.name ?? state.id,
    lastLine: lastLineOf(state),
    lastAt: state.messages.at(-1)?.at ?? facts.opened?.at ?? state.lastAt,
    phase: state.phase,
    unread: state.messages.filter((message) => !message.isOwn && isUnread(message.key)).length,
  };
}

function lastLineOf({ messages, phase, closing }: ConversationState): string {
  if (phase === 'closed' && closing !== null && closing.by !== null) return closerWords(closing);
  const last = messages.at(-1);
  return last === undefined ? '' : contentSummary(last.content);
}
