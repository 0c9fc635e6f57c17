import type { DialogId } from '#protocol/identifiers';

import type { ConversationRecord, RecordedMessage } from '../state/conversation-record.ts';
import type { Survey, SurveyQuestion } from './survey-definition.ts';

/** How far a survey has come. */
export interface SurveyProgress {
  /** Whether the bot has said anything yet. */
  readonly hasBegun: boolean;
  /** The question that was asked last; `null`: none yet. */
  readonly question: SurveyQuestion | null;
  /** How often it was asked. */
  readonly timesAsked: number;
}

/** Read from what was said, so that it is known after a restart, too. */
export function surveyProgress(
  survey: Survey,
  record: Pick<ConversationRecord, 'messages'> | null,
  { dialogId, botId }: { readonly dialogId: DialogId; readonly botId: string },
): SurveyProgress {
  const byBot = (record?.messages ?? []).filter((each) => each.dialogId === dialogId && each.by === botId);
  const asked = byBot.flatMap((message) => questionOf(survey, message) ?? []);
  const question = asked.at(-1) ?? null;
  return {
    hasBegun: byBot.length > 0,
    question,
    timesAsked: asked.filter((each) => each === question).length,
  };
}

function questionOf({ questions }: Survey, { metadata }: RecordedMessage): SurveyQuestion | null {
  const mark = metadata?.find(({ type }) => type === 'Question');
  return questions.find(({ id }) => id === mark?.['id']) ?? null;
}
