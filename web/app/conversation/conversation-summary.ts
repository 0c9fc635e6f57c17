import type { ConversationId } from '#protocol/identifiers';

import type { ConversationFacts, MessageKey } from './conversation-facts';
import type { ConversationPhase, ConversationState } from './conversation-state';
import type { Delivery } from './message';
import { contentSummary } from './message-content';
import { closerWords } from './words';

/** One row of the list of conversations. */
export interface ConversationSummary {
  readonly id: ConversationId;
  readonly name: string;
  /** What was written last, or how it ended; empty before anything was. */
  readonly lastLine: string;
  /** Whether the last line is how it ended. */
  readonly isEndTold: boolean;
  /** How far the last line has come; `null` when the consumer did not write it. */
  readonly delivery: Delivery | null;
  /** Whether a message before the last line was not sent, and waits to be tried again. */
  readonly isWaiting: boolean;
  /** Whether messages that were known are forgotten: then an empty last line does not mean that nothing was said. */
  readonly isCut: boolean;
  /** When that was, epoch milliseconds: as it was written here, else as the cloud says; for a closed one not before its end. */
  readonly lastAt: number;
  readonly openedAt: number;
  readonly phase: ConversationPhase;
  /** Messages of others that were neither reported as read nor seen here. */
  readonly unread: number;
}

export function summarise(
  state: ConversationState,
  facts: ConversationFacts,
  isRead: (key: MessageKey) => boolean,
): ConversationSummary {
  const { id, phase } = state;
  return {
    ...{ id, phase, name: state.consumer?.name ?? id, isCut: facts.isCut },
    ...lastLineOf(state),
    lastAt: Math.max(activeAt(state, facts), endedAt(facts)),
    openedAt: facts.opened?.at ?? 0,
    isWaiting: isWaiting(state),
    unread: [...keysOfOthers(state, facts)].filter((key) => !isRead(key)).length,
  };
}

/** Also of messages that are forgotten; each once. */
function keysOfOthers(
  { messages }: ConversationState,
  { forgottenUnread }: ConversationFacts,
): ReadonlySet<MessageKey> {
  const known = messages.flatMap(({ isOwn, key }) => (isOwn || key === null ? [] : [key]));
  return new Set([...forgottenUnread, ...known]);
}

/** Newest activity first. No two are equal, so that the list never changes by itself. */
export const byActivity = (one: ConversationSummary, other: ConversationSummary): number =>
  other.lastAt - one.lastAt || other.openedAt - one.openedAt || (one.id < other.id ? -1 : 1);

const isWaiting = ({ phase, messages }: ConversationState): boolean =>
  phase !== 'closed' && messages.slice(0, -1).some(({ delivery }) => delivery?.failure?.isReplaced === false);

type LastLine = Pick<ConversationSummary, 'lastLine' | 'isEndTold' | 'delivery'>;

function lastLineOf({ phase, closing, messages }: ConversationState): LastLine {
  if (phase === 'closed' && closing !== null && closing.by !== null) {
    return { lastLine: closerWords(closing), isEndTold: true, delivery: null };
  }
  const last = messages.at(-1);
  if (last === undefined) return { lastLine: '', isEndTold: false, delivery: null };
  return { lastLine: contentSummary(last.content), isEndTold: false, delivery: last.delivery };
}

/** When something was written last, else when it was opened, else when anything was heard of it. */
function activeAt(state: ConversationState, { submissions, opened }: ConversationFacts): number {
  const last = state.messages.at(-1);
  if (last === undefined) return opened?.at ?? state.lastAt;
  // The echo of an own message has the cloud's time: were it to count, the message would move when its echo comes.
  return submissions.get(last.id)?.draft?.at ?? last.at;
}

/** By the cloud's clock; 0 while it is open, or where the cloud does not say. */
const endedAt = ({ details }: ConversationFacts): number =>
  details?.isClosed === true ? Math.max(details.stamp, 0) : 0;
