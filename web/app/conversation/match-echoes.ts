import type { ConversationFacts, MessageFact, MessageKey, Submission } from './conversation-facts';
import { isAfter, isOfConsumer, messageKey } from './conversation-facts';
import { isSameContent } from './message-content';

/**
 * Which notification is the echo of which submitted message, by `clientMessageId`.
 *
 * The answer names the sequence and settles it. An echo may come before the answer, or instead of it: then the
 * oldest unanswered message of the same dialog with the same content takes the first echo nobody else claims.
 */
export function matchEchoes(facts: ConversationFacts): ReadonlyMap<string, MessageFact> {
  const echoes = new Map<string, MessageFact>();
  const answered = new Set<MessageKey>();
  const waiting: Submission[] = [];
  for (const submission of facts.submissions.values()) {
    if (submission.sent === null) {
      if (mayHaveArrived(submission)) waiting.push(submission);
      continue;
    }
    const key = messageKey(submission.sent.dialogId, submission.sent.sequence);
    answered.add(key);
    const echo = facts.messages.get(key);
    if (echo !== undefined) echoes.set(submission.clientMessageId, echo);
  }
  if (waiting.length > 0) matchByContent(facts, waiting, answered, echoes);
  return echoes;
}

function matchByContent(
  facts: ConversationFacts,
  waiting: Submission[],
  claimed: Set<MessageKey>,
  echoes: Map<string, MessageFact>,
): void {
  const unclaimed = [...facts.messages.values()]
    .filter((message) => isOfConsumer(facts, message))
    .filter((message) => !claimed.has(message.key))
    .sort((one, other) => one.sequence - other.sequence);
  waiting.sort((one, other) => (one.draft?.logSequence ?? 0) - (other.draft?.logSequence ?? 0));
  for (const submission of waiting) {
    const echo = unclaimed.find((message) => !claimed.has(message.key) && isEchoOf(message, submission));
    if (echo === undefined) continue;
    claimed.add(echo.key);
    echoes.set(submission.clientMessageId, echo);
  }
}

function isEchoOf(message: MessageFact, { draft }: Submission): boolean {
  return (
    draft !== null &&
    message.dialogId === draft.dialogId &&
    // An effect follows its cause: what was there before cannot be the echo.
    isAfter(message, draft) &&
    isSameContent(message.content, draft.content)
  );
}

/** A message that was refused outright has no echo. */
function mayHaveArrived({ failure, lastAttempt }: Submission): boolean {
  return failure === null || failure.isAnswerMissing || lastAttempt > failure.logSequence;
}
