import type { ConversationId } from '#protocol/identifiers';

import { isLater, messageKey, type ConversationFacts, type MessageKey } from './conversation-facts';
import type { ConversationPhase, ConversationState } from './conversation-state';
import type { Delivery } from './message';
import { contentSummary } from './message-content';
import { keysOfOthers, unreadOf } from './unread-line';
import { closerWords } from './words';

/** `unsent`: it surely did not go out; `unknown`: it may have arrived all the same. */
export type Waiting = 'unsent' | 'unknown';

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
  /** What is worst among the failed messages before the last line that wait for the person; `null` when none does. */
  readonly waiting: Waiting | null;
  /** Whether messages that were known are not known here: then an empty last line does not mean that nothing was said. */
  readonly isCut: boolean;
  /** When that was, epoch milliseconds: as it was written here, else as the cloud says; for a closed one not before its end. */
  readonly lastAt: number;
  readonly openedAt: number;
  readonly phase: ConversationPhase;
  /** Messages of others after the newest that was reported as read or seen here: below the unread line. */
  readonly unread: number;
}

export function summarise(
  state: ConversationState,
  facts: ConversationFacts,
  isRead: (key: MessageKey) => boolean,
): ConversationSummary {
  const { id, phase } = state;
  return {
    ...{ id, phase, name: state.consumer?.name ?? id },
    ...(isBehind(state, facts) ? NOT_LOADED : { ...lastLineOf(state), isCut: facts.isCut }),
    lastAt: Math.max(activeAt(state, facts), endedAt(facts)),
    openedAt: facts.opened?.at ?? 0,
    waiting: waitingOf(state),
    unread: unreadOf(allOfOthers(state, facts), isRead).length,
  };
}

/** Also of messages that are forgotten, which came before; each once. */
function allOfOthers(
  { messages }: ConversationState,
  { forgottenUnread }: ConversationFacts,
): readonly MessageKey[] {
  const known = keysOfOthers(messages);
  const isKnown = new Set(known);
  return [...[...forgottenUnread].filter((key) => !isKnown.has(key)), ...known];
}

/** Newest activity first. No two are equal, so that the list never changes by itself. */
export const byActivity = (one: ConversationSummary, other: ConversationSummary): number =>
  other.lastAt - one.lastAt || other.openedAt - one.openedAt || (one.id < other.id ? -1 : 1);

function waitingOf({ phase, messages }: ConversationState): Waiting | null {
  if (phase === 'closed') return null;
  const failures = messages.slice(0, -1).flatMap(({ delivery }) => delivery?.failure ?? []);
  const waiting = failures.filter(({ isReplaced }) => !isReplaced);
  if (waiting.length === 0) return null;
  return waiting.every(({ isAnswerMissing }) => isAnswerMissing) ? 'unknown' : 'unsent';
}

/**
 * Whether the consumer has told of a message that is newer than all that are known here: one that only the cloud's history
 * has, and that a page before this one has shown.
 */
function isBehind({ messages, closing }: ConversationState, facts: ConversationFacts): boolean {
  const last = messages.at(-1);
  if (last === undefined || last.sequence === null || closing !== null) return false;
  const newest = messageKey(last.dialogId, last.sequence);
  return [...facts.ownReceipts.keys()].some((key) => !facts.messages.has(key) && isLater(key, newest));
}

const NOT_LOADED = { lastLine: '', isEndTold: false, delivery: null, isCut: true } as const;

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
