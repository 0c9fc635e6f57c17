import type { ConversationId, DialogId } from '#protocol/identifiers';

import type { ConversationFacts, MessageFact, MessageKey } from './conversation-facts';

export type AutomaticStatus = 'ACCEPT' | 'READ';

/** One call that tells about several messages of a dialog. @see PROTOCOL.md §6.3.5 */
export interface DueReceipt {
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
  readonly status: AutomaticStatus;
  readonly sequenceList: readonly number[];
}

/**
 * What the consumer owes for the messages of others: ACCEPT for each that arrived, READ for each that `isSeen`.
 * Nothing that the log says was told already, nothing into a dialog that is closed.
 */
export function dueReceipts(
  conversationId: ConversationId,
  facts: ConversationFacts,
  isSeen: (key: MessageKey) => boolean,
  unread: readonly MessageFact[] = unreadMessages(facts),
): readonly DueReceipt[] {
  const due = new Map<string, { dialogId: DialogId; status: AutomaticStatus; sequenceList: number[] }>();
  const owe = ({ dialogId, sequence }: MessageFact, status: AutomaticStatus): void => {
    const batch = due.get(`${status} ${dialogId}`) ?? { dialogId, status, sequenceList: [] };
    batch.sequenceList.push(sequence);
    due.set(`${status} ${dialogId}`, batch);
  };
  for (const message of unread) {
    if (facts.ownReceipts.get(message.key)?.has('ACCEPT') !== true) owe(message, 'ACCEPT');
    if (isSeen(message.key)) owe(message, 'READ');
  }
  return [...due.values()]
    .sort((one, other) => one.status.localeCompare(other.status))
    .map(({ sequenceList, ...batch }) => ({
      ...batch,
      conversationId,
      sequenceList: sequenceList.sort((one, other) => one - other),
    }));
}

/** Messages for which anything may be owed: of thousands that were read, none has to be looked at again. */
export function unreadMessages(facts: ConversationFacts): readonly MessageFact[] {
  if (facts.details?.isClosed === true) return [];
  return [...facts.messages.values()].filter(
    (message) => facts.ownReceipts.get(message.key)?.has('READ') !== true && takesReceipt(facts, message),
  );
}

function takesReceipt(facts: ConversationFacts, message: MessageFact): boolean {
  return (
    message.role !== 'CONSUMER' &&
    message.originatorId !== facts.opened?.consumer.consumerId &&
    facts.dialogs.get(message.dialogId)?.isOpen !== false
  );
}
