import { ACCEPT_STATUSES, type AcceptStatus } from '#protocol/connector/events';
import {
  isConversationChange,
  isMessageChange,
  type ConversationDetails,
  type DialogDetails,
  type MessageChange,
  type NotificationChange,
  type ParticipantRole,
} from '#protocol/webhook-notification';

import {
  IN_HISTORY,
  messageKey,
  type DetailsFact,
  type DialogFact,
  type FactsDraft,
  type Receipt,
} from './conversation-facts';
import { readContent } from './message-content';
import { noteOwnReceipts } from './own-receipts';

/** A change that was told: by a webhook, with its place in the log, or by the cloud's history. */
export interface ToldChange {
  /** Place in the log; `IN_HISTORY` for the history's. */
  readonly sequence: number;
  readonly at: number;
  readonly change: NotificationChange;
}

/** What agents tell each other is none of the consumer's business. @see PROTOCOL.md §8.3 */
const PRIVATE_AUDIENCE = 'AGENTS_AND_MANAGERS';

/** Works one change into the facts; what cannot be read is left to the inspector. */
export function applyNotification(draft: FactsDraft, told: ToldChange): void {
  const { change } = told;
  if (isConversationChange(change)) applyDetails(draft, change.result.conversationDetails, told);
  else if (isMessageChange(change) && change.messageAudience !== PRIVATE_AUDIENCE) {
    const apply = APPLY_EVENT.get(change.event.type) ?? applyMessage;
    apply(draft, change, told);
  }
}

type ApplyEvent = (draft: FactsDraft, change: MessageChange, told: ToldChange) => void;

/** Events that are no messages; every other one is, also those that nobody knows yet. */
const APPLY_EVENT: ReadonlyMap<string, ApplyEvent> = new Map([
  ['ChatStateEvent', applyChatState],
  ['AcceptStatusEvent', applyReceipts],
]);

function applyMessage(draft: FactsDraft, change: MessageChange, told: ToldChange): void {
  const { dialogId, sequence, originatorId, event, metadata } = change;
  if (!isSequence(sequence)) return;
  const key = messageKey(dialogId, sequence);
  const known = draft.messages.get(key);
  if (known !== undefined && known.logSequence <= told.sequence) return;
  draft.messages.set(key, {
    ...{ key, dialogId, sequence, originatorId },
    role: roleOf(change),
    content: readContent(event),
    quickReplies: event['quickReplies'],
    metadata: Array.isArray(metadata) ? metadata : null,
    at: change.serverTimestamp ?? told.at,
    logSequence: told.sequence,
  });
}

function applyReceipts(draft: FactsDraft, change: MessageChange, told: ToldChange): void {
  const { status, sequenceList } = change.event;
  if (!isAcceptStatus(status) || !Array.isArray(sequenceList)) return;
  const sequences = sequenceList.filter(isSequence);
  const { dialogId, originatorId } = change;
  const role = roleOf(change);
  if (role === 'CONSUMER') {
    const metadata = Array.isArray(change.metadata) ? change.metadata : null;
    noteOwnReceipts(draft, { dialogId, status, sequenceList: sequences, metadata });
    return;
  }
  const receipt: Receipt = {
    by: originatorId,
    role,
    at: change.serverTimestamp ?? told.at,
    logSequence: told.sequence,
  };
  for (const sequence of sequences) {
    const key = messageKey(dialogId, sequence);
    const known = draft.receipts.get(key) ?? {};
    if (isEarlier(receipt, known[status])) draft.receipts.set(key, { ...known, [status]: receipt });
  }
}

function isEarlier(receipt: Receipt, known: Receipt | undefined): boolean {
  if (known === undefined) return true;
  return receipt.at === known.at ? receipt.logSequence < known.logSequence : receipt.at < known.at;
}

function applyChatState(draft: FactsDraft, change: MessageChange, told: ToldChange): void {
  const { chatState } = change.event;
  const role = roleOf(change);
  if (role === 'CONSUMER' || typeof chatState !== 'string') return;
  const { originatorId, dialogId } = change;
  const known = draft.chatStates.get(originatorId);
  if (known !== undefined && known.logSequence > told.sequence) return;
  draft.chatStates.set(originatorId, {
    ...{ originatorId, role, dialogId, chatState },
    at: told.at,
    logSequence: told.sequence,
  });
}

function applyDetails(draft: FactsDraft, details: ConversationDetails, told: ToldChange): void {
  const next: DetailsFact = {
    isClosed: isOver(details),
    closeReason: details.closeReason ?? null,
    skillId: details.skillId ?? null,
    participants: details.participants ?? [],
    stamp: stampOf(details, told),
    logSequence: told.sequence,
  };
  draft.details = newerOf(draft.details, next, !next.isClosed);
  for (const dialog of details.dialogs ?? []) {
    const fact = dialogFact(dialog, told);
    const known = draft.dialogs.get(fact.dialogId) ?? null;
    draft.dialogs.set(fact.dialogId, newerOf(known, fact, fact.isOpen));
  }
}

function dialogFact(dialog: DialogDetails, told: ToldChange): DialogFact {
  return {
    dialogId: dialog.dialogId,
    type: dialog.dialogType,
    isOpen: dialog.state !== 'CLOSE',
    createdAt: dialog.creationTs ?? 0,
    closedBy: dialog.closedBy ?? null,
    closedCause: dialog.closedCause ?? null,
    stamp: stampOf(dialog, told),
    logSequence: told.sequence,
  };
}

/** History does not say how fresh a state is, and lags: any webhook's is newer. */
const stampOf = (
  { metaDataLastUpdateTs }: Pick<DialogDetails, 'metaDataLastUpdateTs'>,
  { sequence }: ToldChange,
): number => metaDataLastUpdateTs ?? (sequence === IN_HISTORY ? -1 : 0);

interface Versioned {
  readonly stamp: number;
  readonly logSequence: number;
  readonly isOpen?: boolean;
  readonly isClosed?: boolean;
}

/** Of two complete states, the one to keep: closed over open, since nothing re-opens; then the cloud's newer one. */
function newerOf<Fact extends Versioned>(known: Fact | null, next: Fact, isNextOpen: boolean): Fact {
  if (known === null) return next;
  const isKnownOpen = known.isOpen ?? known.isClosed === false;
  if (isKnownOpen !== isNextOpen) return isKnownOpen ? next : known;
  if (known.stamp !== next.stamp) return known.stamp > next.stamp ? known : next;
  return known.logSequence > next.logSequence ? known : next;
}

/** Over when the stage says so; notifications older than surveys carry no stage. @see PROTOCOL.md §11.1 */
function isOver({ state, stage }: ConversationDetails): boolean {
  return stage === undefined ? state === 'CLOSE' : stage === 'CLOSE';
}

const roleOf = (change: MessageChange): ParticipantRole =>
  change.originatorMetadata?.role ?? 'ASSIGNED_AGENT';

const isSequence = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const isAcceptStatus = (value: unknown): value is AcceptStatus =>
  ACCEPT_STATUSES.some((status) => status === value);
