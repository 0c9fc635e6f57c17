import type { DialogId } from '#protocol/identifiers';

import type {
  ConversationFacts,
  MessageFact,
  MessageKey,
  ReceiptsFact,
  Submission,
} from './conversation-facts';
import { IN_HISTORY, isAfter, isOfConsumer, messageKey } from './conversation-facts';
import { matchEchoes } from './match-echoes';
import type { Delivery, DeliveryFailure, DeliveryState, Echo, Message } from './message';

/** All messages of a conversation in the order of the screen. */
export function buildMessages(facts: ConversationFacts): readonly Message[] {
  const echoes = matchEchoes(facts);
  const echoed = new Set([...echoes.values()].map((echo) => echo.key));
  const placed: Placed[] = [];
  for (const fact of facts.messages.values()) {
    if (!echoed.has(fact.key)) placed.push(placeFact(facts, fact));
  }
  for (const submission of facts.submissions.values()) {
    const own = ownMessage(facts, submission, echoes.get(submission.clientMessageId));
    if (own !== null) placed.push(place(facts, own, submission.lastAttempt));
  }
  return placed.sort(byPlace).map(({ message }) => message);
}

/** A message and what decides where it stands. */
interface Placed {
  readonly message: Message;
  /** Surveys come after the main dialog, whatever their sequences. @see PROTOCOL.md §11.3 */
  readonly dialogRank: number;
  readonly sequence: number;
  readonly logSequence: number;
}

function byPlace(one: Placed, other: Placed): number {
  return (
    one.dialogRank - other.dialogRank ||
    compareIds(one.message.dialogId, other.message.dialogId) ||
    one.sequence - other.sequence ||
    one.logSequence - other.logSequence
  );
}

const compareIds = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

function placeFact(facts: ConversationFacts, fact: MessageFact): Placed {
  const isOwn = isOfConsumer(facts, fact);
  const { key, dialogId, sequence, role, at, content, quickReplies, metadata } = fact;
  const message: Message = {
    ...{ id: key, key, dialogId, sequence, isOwn, role, at, content, quickReplies, metadata },
    authorId: fact.originatorId,
    isFromHistory: fact.logSequence === IN_HISTORY,
    // Written by the same consumer somewhere else: it is in the cloud, and that is all there is to know.
    delivery: isOwn ? elsewhere(fact, facts.receipts.get(key)) : null,
  };
  return place(facts, message, fact.logSequence);
}

function place(facts: ConversationFacts, message: Message, logSequence: number): Placed {
  const { dialogId, sequence, delivery } = message;
  const isFailed = delivery?.state === 'failed';
  const unsequenced = isFailed ? lastSequenceBefore(facts, message, logSequence) : Number.MAX_SAFE_INTEGER;
  return {
    message,
    dialogRank: rankOf(facts, dialogId),
    sequence: sequence ?? unsequenced,
    // Stands after the message whose sequence it shares.
    logSequence: sequence === null ? logSequence + 1 : 0,
  };
}

/** A failed message stays where it was written: after what was there then, before what came later. */
function lastSequenceBefore(
  facts: ConversationFacts,
  { dialogId, at }: Message,
  logSequence: number,
): number {
  let last = -1;
  for (const fact of facts.messages.values()) {
    if (fact.dialogId === dialogId && !isAfter(fact, { logSequence, at }))
      last = Math.max(last, fact.sequence);
  }
  return last;
}

function rankOf(facts: ConversationFacts, dialogId: DialogId): number {
  const dialog = facts.dialogs.get(dialogId);
  if (dialog === undefined) return 0;
  return dialog.type === 'MAIN' ? 0 : 1 + dialog.createdAt;
}

function ownMessage(
  facts: ConversationFacts,
  submission: Submission,
  echo: MessageFact | undefined,
): Message | null {
  const { draft, clientMessageId } = submission;
  // An answer without its submission: the rest of the log is still to come.
  if (draft === null) return null;
  const key = keyOf(submission, echo);
  return {
    ...{
      id: clientMessageId,
      isOwn: true,
      role: 'CONSUMER',
      quickReplies: undefined,
      metadata: draft.metadata,
      isFromHistory: false,
    },
    ...{ key, dialogId: draft.dialogId, sequence: submission.sent?.sequence ?? echo?.sequence ?? null },
    authorId: facts.opened?.consumer.consumerId ?? 'consumer',
    ...(echo === undefined
      ? { at: draft.at, content: draft.content }
      : { at: echo.at, content: echo.content }),
    delivery: deliveryOf(submission, echo, key === null ? NO_RECEIPTS : facts.receipts.get(key)),
  };
}

function keyOf({ sent }: Submission, echo: MessageFact | undefined): MessageKey | null {
  return sent === null ? (echo?.key ?? null) : messageKey(sent.dialogId, sent.sequence);
}

function deliveryOf(
  submission: Submission,
  echo: MessageFact | undefined,
  receipts: ReceiptsFact = NO_RECEIPTS,
): Delivery {
  const failure = failureOf(submission, echo);
  const isInCloud = submission.sent !== null || echo !== undefined;
  return {
    state: failure === null ? stateOf(isInCloud, receipts) : 'failed',
    clientMessageId: submission.clientMessageId,
    isAnswered: submission.sent !== null,
    echo: echo === undefined ? 'awaited' : echoOf(echo),
    ...evidence(receipts),
    failure,
    isRemovable: failure?.isAnswerMissing === false && submission.draft?.isReplacement === false,
  };
}

function failureOf(submission: Submission, echo: MessageFact | undefined): DeliveryFailure | null {
  const { failure, sent, lastAttempt, isReplaced } = submission;
  if (failure === null || sent !== null || echo !== undefined) return null;
  const { problem, isAnswerMissing, logSequence } = failure;
  return lastAttempt > logSequence ? null : { problem, isAnswerMissing, isReplaced };
}

/** READ implies ACCEPT. @see PROTOCOL.md §6.3.5 */
function stateOf(isInCloud: boolean, receipts: ReceiptsFact): DeliveryState {
  if (!isInCloud) return 'sending';
  if (receipts.READ !== undefined) return 'read';
  return receipts.ACCEPT === undefined ? 'sent' : 'accepted';
}

function elsewhere(fact: MessageFact, receipts: ReceiptsFact = NO_RECEIPTS): Delivery {
  const known = { clientMessageId: null, isAnswered: false, failure: null, isRemovable: false };
  return { ...known, echo: echoOf(fact), ...evidence(receipts), state: stateOf(true, receipts) };
}

const echoOf = ({ logSequence }: MessageFact): Echo => (logSequence === IN_HISTORY ? 'recorded' : 'came');

const NO_RECEIPTS: ReceiptsFact = {};

const evidence = ({ ACCEPT, READ }: ReceiptsFact): Pick<Delivery, 'accepted' | 'read'> => ({
  accepted: ACCEPT ?? null,
  read: READ ?? null,
});
