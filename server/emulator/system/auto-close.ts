import type { AccountSettings } from '../state/account-settings.ts';
import type { ConversationCommand } from '../state/conversation-commands.ts';
import type { ConversationState } from '../state/conversation-state.ts';
import { surveyDialogOf } from '../state/conversation-survey.ts';

/** What the system says about what it closes. */
export const AUTO_CLOSED = 'Closed by the system: no answer from the consumer';
export const SURVEY_TIMED_OUT = 'Closed by the system: no answer to the survey';

/**
 * With what the system ends a conversation that has been still for too long; `null`: it has not. Only conversations that
 * wait for their consumer, and surveys. Pure.
 *
 * @see PROTOCOL.md §11.2
 */
export function overdueClose(
  state: ConversationState,
  { autoCloseAfterMs, surveyTimeoutMs }: AccountSettings,
  now: number,
): ConversationCommand | null {
  if (state.stage === 'CLOSE') return null;
  const [main] = state.dialogs;
  if (main.state === 'OPEN') {
    const isWaitingForConsumer = state.pendingSince === null;
    const isOverdue = autoCloseAfterMs !== null && now - main.activeAt >= autoCloseAfterMs;
    return isWaitingForConsumer && isOverdue ? { type: 'close', by: 'SYSTEM', cause: AUTO_CLOSED } : null;
  }
  const survey = surveyDialogOf(state);
  if (!survey || now - survey.activeAt < surveyTimeoutMs) return null;
  return { type: 'close-dialog', dialogId: survey.id, by: 'SYSTEM', cause: SURVEY_TIMED_OUT };
}
