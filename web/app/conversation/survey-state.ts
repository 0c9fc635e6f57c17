import type { ClientFeature } from '#protocol/connector/envelope';

import type { ConversationFacts, DialogFact } from './conversation-facts';

/** The survey after the main dialog, as far as the log tells. @see PROTOCOL.md §11.3 */
export interface SurveyState {
  readonly stage: SurveyStage;
  /** Why it ended, in the cloud's words; `null` while it has not. */
  readonly cause: string | null;
  /** What the conversation would have had to announce for a survey to come. */
  readonly missingFeatures: readonly ClientFeature[];
}

/** `awaited`: the main dialog is closed, the conversation is not, and nothing is known of a survey yet. */
export type SurveyStage = 'none' | 'awaited' | 'running' | 'ended';

/** A survey bot asks with quick replies in a dialog of its own. @see PROTOCOL.md §11.3 */
const NEEDED: readonly ClientFeature[] = ['MULTI_DIALOG', 'RICH_CONTENT', 'QUICK_REPLIES'];

const SURVEY = 'POST_SURVEY';

/** Found by its type: its place in the cloud's list is not fixed. @see PROTOCOL.md §11.3 */
export function openSurveyOf(facts: ConversationFacts): DialogFact | undefined {
  return surveysOf(facts).find(({ isOpen }) => isOpen);
}

export function surveyStateOf(facts: ConversationFacts): SurveyState {
  const announced = facts.opened?.options.features ?? NEEDED;
  return {
    stage: stageOf(facts),
    cause: surveysOf(facts).find(({ isOpen }) => !isOpen)?.closedCause ?? null,
    missingFeatures: NEEDED.filter((feature) => !announced.includes(feature)),
  };
}

const surveysOf = (facts: ConversationFacts): readonly DialogFact[] =>
  [...facts.dialogs.values()].filter(({ type }) => type === SURVEY);

function stageOf(facts: ConversationFacts): SurveyStage {
  const surveys = surveysOf(facts);
  const isClosed = facts.details?.isClosed === true;
  if (surveys.length > 0) return !isClosed && surveys.some(({ isOpen }) => isOpen) ? 'running' : 'ended';
  const isMainClosed = [...facts.dialogs.values()].some(({ type, isOpen }) => type === 'MAIN' && !isOpen);
  return isMainClosed && !isClosed ? 'awaited' : 'none';
}
