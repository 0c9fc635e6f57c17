import { refused, withDialog } from './conversation-commands.ts';
import type {
  ChangeSkillCommand,
  JoinCommand,
  LeaveCommand,
  RefusalReason,
  Refused,
} from './conversation-commands.ts';
import { assignedAgentOf, dialogOf, participantOf } from './conversation-state.ts';
import type { ConversationState, DialogState, Participant, Role } from './conversation-state.ts';

type Changed = Refused | readonly [ConversationState];

/** Who can come into a dialog that is open; the consumer is there from the start. @see PROTOCOL.md §11.5 */
const COMERS: Readonly<Record<DialogState['type'], readonly Role[]>> = {
  MAIN: ['ASSIGNED_AGENT', 'MANAGER', 'READER', 'CONTROLLER'],
  POST_SURVEY: ['AGENT', 'READER'],
};

/** Somebody comes into a dialog, or takes another role in it. @see PROTOCOL.md §11.2, §11.5 */
export function joinedDialog(
  state: ConversationState,
  { participant, dialogId = state.dialogs[0].id }: JoinCommand,
  at: number,
): Changed {
  const dialog = dialogOf(state, dialogId);
  if (!dialog) return refused('unknown-dialog');
  const reason = whyNotJoin(state, dialog, participant);
  if (reason) return refused(reason);
  const others = dialog.participants.filter(({ id }) => id !== participant.id);
  const isTaken = participant.role === 'ASSIGNED_AGENT';
  return [
    withDialog(state, {
      ...dialog,
      participants: [...others, participant],
      suggestedAgentId: isTaken ? null : dialog.suggestedAgentId,
      changedAt: at,
      activeAt: at,
    }),
  ];
}

function whyNotJoin(
  state: ConversationState,
  dialog: DialogState,
  { id, role }: Participant,
): RefusalReason | null {
  if (dialog.state === 'CLOSE') return 'dialog-closed';
  if (!COMERS[dialog.type].includes(role) || id === state.consumerId) return 'role-not-allowed';
  const owner = assignedAgentOf(state);
  return role === 'ASSIGNED_AGENT' && owner && owner.id !== id ? 'already-assigned' : null;
}

/** Somebody goes. Without its agent the conversation is back in the queue of its skill. @see PROTOCOL.md §10.3, §11.2 */
export function leftDialog(
  state: ConversationState,
  { participantId, dialogId = state.dialogs[0].id }: LeaveCommand,
  at: number,
): Changed {
  const dialog = dialogOf(state, dialogId);
  if (!dialog) return refused('unknown-dialog');
  if (dialog.state === 'CLOSE') return refused('dialog-closed');
  const leaving = participantOf(dialog, participantId);
  if (!leaving) return refused('not-a-participant');
  if (leaving.role === 'CONSUMER') return refused('role-not-allowed');
  const participants = dialog.participants.filter((each) => each !== leaving);
  return [withDialog(state, { ...dialog, participants, changedAt: at, activeAt: at })];
}

/**
 * Another skill takes over: the agent leaves and the conversation waits in the queue again, offered to one agent where one
 * is named.
 *
 * @see PROTOCOL.md §10.3, §11.2
 */
export function transferred(
  state: ConversationState,
  { skillId, suggestedAgentId }: ChangeSkillCommand,
  at: number,
): Changed {
  const [main] = state.dialogs;
  if (main.state === 'CLOSE') return refused('dialog-closed');
  const participants = main.participants.filter(({ role }) => role !== 'ASSIGNED_AGENT');
  const waiting: DialogState = {
    ...main,
    participants,
    suggestedAgentId: suggestedAgentId ?? null,
    changedAt: at,
    activeAt: at,
  };
  return [{ ...withDialog(state, waiting), skillId }];
}
