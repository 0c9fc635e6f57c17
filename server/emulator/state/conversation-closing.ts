import { refused, withDialog } from './conversation-commands.ts';
import type { CloseCommand, CloseDialogCommand, Refused } from './conversation-commands.ts';
import { dialogOf } from './conversation-state.ts';
import type { Closer, ConversationState, DialogState } from './conversation-state.ts';
import { isSurveyDue, withSurvey } from './conversation-survey.ts';
import type { SurveyOffer } from './conversation-survey.ts';

type Changed = Refused | readonly [ConversationState, ...ConversationState[]];

/** Who closed, why (free text) and when. */
interface Closing {
  readonly by: Closer;
  readonly cause: string | null;
  readonly at: number;
}

/**
 * One dialog ends; the conversation with it when it was the last one open. Behind the MAIN dialog a survey may open.
 *
 * @see PROTOCOL.md §11.2, §11.3
 */
export function closedDialog(state: ConversationState, command: CloseDialogCommand, at: number): Changed {
  const dialog = dialogOf(state, command.dialogId);
  if (!dialog) return refused('unknown-dialog');
  if (dialog.state === 'CLOSE') return refused('dialog-closed');
  const { by, cause, survey = null } = command;
  const closing = { by, cause, at };
  if (dialog.type === 'MAIN' && survey && isSurveyDue(state, { by, isOfAll: false }))
    return surveyOpened(state, survey, closing);
  return [withDialogsClosed(state, [dialog], closing)];
}

/** Everything ends at once; only an agent's or manager's close lets a survey follow. @see PROTOCOL.md §6.4, §11.3 */
export function closedAll(state: ConversationState, command: CloseCommand, at: number): Changed {
  const { by, cause = null, survey = null } = command;
  const closing = { by, cause, at };
  const isMainOpen = state.dialogs[0].state === 'OPEN';
  if (isMainOpen && survey && isSurveyDue(state, { by, isOfAll: true }))
    return surveyOpened(state, survey, closing);
  return [withDialogsClosed(state, state.dialogs, closing)];
}

/** Told twice: the MAIN dialog is closed, the survey has opened. @see PROTOCOL.md §11.2 */
function surveyOpened(state: ConversationState, survey: SurveyOffer, closing: Closing): Changed {
  const { stage, endedAt } = state;
  const mainClosed = { ...withDialogsClosed(state, [state.dialogs[0]], closing), stage, endedAt };
  return [mainClosed, withSurvey(mainClosed, survey, closing.at)];
}

/** Those of the dialogs that are open end; when none is left open, the conversation does. */
function withDialogsClosed(
  state: ConversationState,
  dialogs: readonly DialogState[],
  closing: Closing,
): ConversationState {
  const closed = dialogs
    .filter((dialog) => dialog.state === 'OPEN')
    .reduce((next, dialog) => withDialog(next, ended(dialog, closing)), state);
  const isMainClosed = closed.dialogs[0].state === 'CLOSE';
  const next = {
    ...closed,
    // Who closed the MAIN dialog stays the reason, whoever ends the survey.
    closeReason: state.closeReason ?? (isMainClosed ? closing.by : null),
    pendingSince: isMainClosed ? null : state.pendingSince,
  };
  const isOver = next.dialogs.every((dialog) => dialog.state === 'CLOSE');
  return isOver ? { ...next, stage: 'CLOSE', endedAt: closing.at } : next;
}

function ended(dialog: DialogState, { by, cause, at }: Closing): DialogState {
  return {
    ...dialog,
    state: 'CLOSE',
    suggestedAgentId: null,
    endedAt: at,
    changedAt: at,
    activeAt: at,
    closedBy: by,
    closedCause: cause,
  };
}
