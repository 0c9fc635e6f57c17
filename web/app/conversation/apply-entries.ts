import type {
  ConversationOpened,
  EventPublished,
  LogEntry,
  LogEntryHead,
  MessageFailed,
  MessageSent,
  MessageSubmitted,
} from '#protocol/bridge-events';

import { draftOf, type ConversationFacts, type FactsDraft, type Submission } from './conversation-facts';
import { applyNotification } from './apply-notification';
import { noteOwnReceipts } from './own-receipts';
import { readContent } from './message-content';

/** The facts after a batch of entries of this conversation. Pure; repeated or reordered entries change nothing. */
export function withEntries(facts: ConversationFacts, entries: readonly LogEntry[]): ConversationFacts {
  const draft = draftOf(facts);
  for (const entry of entries) {
    applyEntry(draft, entry);
    draft.lastAt = Math.max(draft.lastAt, entry.at);
  }
  return draft;
}

function applyEntry(draft: FactsDraft, entry: LogEntry): void {
  switch (entry.kind) {
    case 'conversation-opened':
      applyOpened(draft, entry);
      break;
    case 'message-submitted':
      applySubmitted(draft, entry);
      break;
    case 'message-sent':
      applySent(draft, entry);
      break;
    case 'message-failed':
      applyFailed(draft, entry);
      break;
    case 'event-published':
      applyPublished(draft, entry);
      break;
    case 'notification':
      applyNotification(draft, entry);
      break;
    case 'notification-refused':
    case 'webhook-duplicate':
    case 'exchange':
      break;
    default:
      // A newer bridge may tell of kinds that this page does not know.
      entry satisfies never;
  }
}

function applyOpened(draft: FactsDraft, entry: LogEntryHead & ConversationOpened): void {
  const { appKey, consumer, options, at, sequence: logSequence } = entry;
  if (draft.opened !== null && draft.opened.logSequence <= logSequence) return;
  draft.opened = { appKey, consumer, options, at, logSequence };
}

function applySent(draft: FactsDraft, entry: LogEntryHead & MessageSent): void {
  const { clientMessageId, dialogId, messageSequence: sequence } = entry;
  change(draft, clientMessageId, (submission) => ({ ...submission, sent: { dialogId, sequence } }));
}

function applyFailed(draft: FactsDraft, entry: LogEntryHead & MessageFailed): void {
  const { clientMessageId, problem, isAnswerMissing, sequence: logSequence } = entry;
  change(draft, clientMessageId, (submission) =>
    submission.failure !== null && submission.failure.logSequence > logSequence
      ? submission
      : { ...submission, failure: { problem, isAnswerMissing, logSequence } },
  );
}

function applySubmitted(draft: FactsDraft, entry: LogEntryHead & MessageSubmitted): void {
  const { clientMessageId, dialogId, event, metadata, replaces, at, sequence: logSequence } = entry;
  if (replaces !== undefined) change(draft, replaces, (lost) => ({ ...lost, isReplaced: true }));
  change(draft, clientMessageId, (submission) => {
    const lastAttempt = Math.max(submission.lastAttempt, logSequence);
    // A retry submits the same message again; its place is where it was first written.
    if (submission.draft !== null && submission.draft.logSequence <= logSequence) {
      return { ...submission, lastAttempt };
    }
    const content = readContent({ ...event });
    const isReplacement = replaces !== undefined;
    return {
      ...submission,
      lastAttempt,
      draft: { dialogId, content, metadata: metadata ?? null, isReplacement, at, logSequence },
    };
  });
}

function applyPublished(draft: FactsDraft, entry: LogEntryHead & EventPublished): void {
  const { event, dialogId, metadata, sequence: logSequence } = entry;
  if (event.type === 'AcceptStatusEvent') {
    const { status, sequenceList } = event;
    noteOwnReceipts(draft, { dialogId, status, sequenceList, metadata });
    return;
  }
  if ((draft.ownChatState?.logSequence ?? -1) > logSequence) return;
  draft.ownChatState = { chatState: event.chatState, logSequence };
}

function change(draft: FactsDraft, id: string, to: (submission: Submission) => Submission): void {
  const known = draft.submissions.get(id);
  const nothing = { draft: null, lastAttempt: -1, sent: null, failure: null, isReplaced: false };
  const blank: Submission = { clientMessageId: id, ...nothing };
  draft.submissions.set(id, to(known ?? blank));
}
