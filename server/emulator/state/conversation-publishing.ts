import { isSequenced } from '#protocol/connector/events';

import { refused, withDialog } from './conversation-commands.ts';
import type { Decision, PublishCommand, PublishedEvent } from './conversation-commands.ts';
import type { Notification } from './conversation-notifications.ts';
import { dialogOf, participantOf } from './conversation-state.ts';
import type { ConversationState, DialogState, Participant, Role } from './conversation-state.ts';

/** What a person or a bot says becomes one notification, and a number in its dialog unless it is a chat state. @see PROTOCOL.md §11.4 */
export function published(state: ConversationState, command: PublishCommand, at: number): Decision {
  const dialog = dialogOf(state, command.dialogId);
  if (!dialog) return refused('unknown-dialog');
  if (dialog.state === 'CLOSE') return refused('dialog-closed');
  const sender = participantOf(dialog, command.by);
  if (!sender) return refused('not-a-participant');
  if (sender.role === 'READER') return refused('role-not-allowed');
  if (!canBeShown(state, { dialog, sender, event: command.event })) return refused('feature-missing');
  const isCounted = isSequenced(command.event);
  const counted = { ...dialog, nextSequence: dialog.nextSequence + 1, activeAt: at };
  const next = isCounted ? withDialog(state, counted) : state;
  return {
    outcome: 'accepted',
    state: { ...next, pendingSince: pendingAfter(state, sender, { dialog, command, at }) },
    notifications: [messageNotification(state, command, { sender, sequence: dialog.nextSequence, at })],
    sequence: isCounted ? dialog.nextSequence : 0,
  };
}

interface ToShow {
  readonly dialog: DialogState;
  readonly sender: Participant;
  readonly event: PublishedEvent;
}

/**
 * Whether the client has announced that it can show what an agent sends. A survey's bot need not ask again: its dialog is
 * opened only for clients that can.
 *
 * @see PROTOCOL.md §6.1
 */
function canBeShown({ features }: ConversationState, { dialog, sender, event }: ToShow): boolean {
  if (sender.role === 'CONSUMER' || dialog.type !== 'MAIN') return true;
  if (event.type === 'RichContentEvent' && !features.includes('RICH_CONTENT')) return false;
  const hasReplies = 'quickReplies' in event && event.quickReplies !== undefined;
  return !hasReplies || features.includes('QUICK_REPLIES');
}

const ANSWERING: ReadonlySet<Role> = new Set<Role>(['ASSIGNED_AGENT', 'MANAGER']);

/** A message of the consumer waits for its answer until an agent writes to everyone. @see PROTOCOL.md §8.3 */
function pendingAfter(
  state: ConversationState,
  sender: Participant,
  {
    dialog,
    command,
    at,
  }: { readonly dialog: DialogState; readonly command: PublishCommand; readonly at: number },
): number | null {
  const isMessage = command.event.type === 'ContentEvent' || command.event.type === 'RichContentEvent';
  if (!isMessage || dialog.type !== 'MAIN' || command.audience === 'AGENTS_AND_MANAGERS')
    return state.pendingSince;
  if (sender.role === 'CONSUMER') return at;
  return ANSWERING.has(sender.role) ? null : state.pendingSince;
}

interface Said {
  readonly sender: Participant;
  readonly sequence: number;
  readonly at: number;
}

/** Chat states carry neither sequence nor time. @see PROTOCOL.md §8.3 */
function messageNotification(state: ConversationState, command: PublishCommand, said: Said): Notification {
  const { event, audience = 'ALL' } = command;
  const isCounted = isSequenced(event);
  const isMessage = event.type === 'ContentEvent' || event.type === 'RichContentEvent';
  return {
    eventType: `ms.MessagingEventNotification.${event.type}`,
    change: {
      ...(isCounted && { sequence: said.sequence }),
      originatorId: said.sender.id,
      originatorMetadata: { id: said.sender.id, role: said.sender.role },
      ...(isCounted && { serverTimestamp: said.at }),
      event: { ...event },
      conversationId: state.id,
      dialogId: command.dialogId,
      ...((isMessage || audience !== 'ALL') && { messageAudience: audience }),
      ...(command.metadata && { metadata: command.metadata }),
    },
  };
}
