import type { ClientFeature } from '#protocol/connector/envelope';
import type { DialogId } from '#protocol/identifiers';

import { assignedAgentOf } from './conversation-state.ts';
import type { Closer, ConversationState, DialogState, Participant } from './conversation-state.ts';

/** A survey that could follow. @see PROTOCOL.md §11.3 */
export interface SurveyOffer {
  /** Id that its dialog would get. */
  readonly dialogId: DialogId;
  /** Installation of the bot that asks. */
  readonly appInstallId: string;
  /** Whether its dialog would be listed before the MAIN dialog. @see PROTOCOL.md §14.1 #18 */
  readonly isListedFirst: boolean;
}

/** What the client must have announced. @see PROTOCOL.md §6.1, §11.3 */
const NEEDED_FEATURES: readonly ClientFeature[] = ['MULTI_DIALOG', 'RICH_CONTENT', 'QUICK_REPLIES'];

/** How the MAIN dialog is being closed. */
export interface MainClosing {
  readonly by: Closer;
  /** Whether the whole conversation was to be closed, not its dialog. */
  readonly isOfAll: boolean;
}

/**
 * Whether a survey follows the close of the MAIN dialog: the client can show it, an agent has the conversation, and it was
 * closed by its dialog or by the agent; not by the consumer's closing all, nor by the system.
 *
 * @see PROTOCOL.md §11.3
 */
export function isSurveyDue(state: ConversationState, { by, isOfAll }: MainClosing): boolean {
  if (by === 'SYSTEM' || (by === 'CONSUMER' && isOfAll)) return false;
  const canShow = NEEDED_FEATURES.every((feature) => state.features.includes(feature));
  return canShow && assignedAgentOf(state) !== null;
}

/**
 * The conversation with the survey's dialog, in which the former agent reads along; the bot joins a moment later.
 *
 * @see PROTOCOL.md §8.4.9, §11.3
 */
export function withSurvey(state: ConversationState, offer: SurveyOffer, at: number): ConversationState {
  const agent = assignedAgentOf(state);
  const participants: readonly Participant[] = [
    { id: state.consumerId, role: 'CONSUMER' },
    ...(agent ? [{ id: agent.id, role: 'READER' as const }] : []),
  ];
  const survey: DialogState = {
    id: offer.dialogId,
    type: 'POST_SURVEY',
    state: 'OPEN',
    participants,
    suggestedAgentId: null,
    appInstallId: offer.appInstallId,
    isListedFirst: offer.isListedFirst,
    nextSequence: 0,
    createdAt: at,
    changedAt: at,
    activeAt: at,
    endedAt: null,
    closedBy: null,
    closedCause: null,
  };
  return { ...state, dialogs: [...state.dialogs, survey] };
}

/** The dialog of the survey, `null` while there is none. */
export const surveyDialogOf = (state: ConversationState): DialogState | null =>
  state.dialogs.find(({ type }) => type === 'POST_SURVEY') ?? null;
