import type { ConversationId } from '#protocol/identifiers';

import type { ConversationFacts, MessageKey } from './conversation-facts';
import type { ConversationPhase, ConversationState } from './conversation-state';
import type { Message } from './message';
import { contentSummary } from './message-content';
import { closerWords } from './words';

/** One row of the list of conversations. */
export interface ConversationSummary {
  readonly id: ConversationId;
  readonly name: string;
  /** What was said last, or what happened instead; empty before anything did. */
  readonly lastLine: string;
  /** Whether messages that were known are forgotten: then an empty last line does not mean that nothing was said. */
  readonly isCut: boolean;
  /** When that was, epoch milliseconds: as it was written here, else as the cloud says. */
  readonly lastAt: number;
  readonly openedAt: number;
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
  const last = lastMessageOf(state);
  return {
    id: state.id,
    name: state.consumer?.name ?? state.id,
    lastLine: lastLineOf(state, last),
    isCut: facts.isCut,
    lastAt: (last && writtenAt(facts, last)) ?? facts.opened?.at ?? state.lastAt,
    openedAt: facts.opened?.at ?? 0,
    phase: state.phase,
    unread: state.messages.filter((message) => !message.isOwn && isUnread(message.key)).length,
  };
}

/** Newest activity first. No two are equal, so that the list never changes by itself. */
export const byActivity = (one: ConversationSummary, other: ConversationSummary): number =>
  other.lastAt - one.lastAt || other.openedAt - one.openedAt || (one.id < other.id ? -1 : 1);

/** What the cloud refused was not said. */
const lastMessageOf = ({ messages }: ConversationState): Message | undefined =>
  messages.findLast(
    ({ delivery }) => delivery?.state !== 'failed' || delivery.failure?.isAnswerMissing === true,
  );

/** The echo of an own message has the cloud's time: were it to count, the message would move when its echo comes. */
const writtenAt = ({ submissions }: ConversationFacts, { id, at }: Message): number =>
  submissions.get(id)?.draft?.at ?? at;

function lastLineOf({ phase, closing }: ConversationState, last: Message | undefined): string {
  if (phase === 'closed' && closing !== null && closing.by !== null) return closerWords(closing);
  return last === undefined ? '' : contentSummary(last.content);
}
