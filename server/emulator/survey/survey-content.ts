import type { ContentEvent, Metadata } from '#protocol/connector/events';

import { plainText } from '../agent/content.ts';
import type { Survey, SurveyAnswer, SurveyQuestion } from './survey-definition.ts';

const PROVIDER = 'AC';

/** Look of an answer's button, as the cloud draws it. @see PROTOCOL.md §8.4.10 */
const STYLE = {
  bold: false,
  size: 'medium',
  italic: false,
  color: '#4d4e4e',
  'background-color': '#ffffff',
  'border-color': '#d0d2d3',
  'border-radius': 14,
};

/** A question with a reply to press for each answer. @see PROTOCOL.md §8.4.10 */
export const questionEvent = (
  survey: Survey,
  question: SurveyQuestion,
  text = question.text,
): ContentEvent => ({
  ...plainText(text),
  quickReplies: {
    type: 'quickReplies',
    itemsPerRow: 8,
    replies: question.answers.map((answer) => reply(survey, question, answer)),
  },
});

function reply({ groupId }: Survey, { id: questionId }: SurveyQuestion, answer: SurveyAnswer): object {
  const { id, title, isSkip } = answer;
  return {
    type: 'button',
    tooltip: title,
    title,
    ...(!isSkip && { style: STYLE }),
    click: {
      metadata: [{ type: 'Answer', questionId, id, provider: PROVIDER, ...(isSkip && { groupId }) }],
      actions: [{ type: 'publishText', text: title }],
    },
  };
}

/** What tells a client that the message is a question. @see PROTOCOL.md §8.4.10, §12.5 */
export const questionMetadata = (survey: Survey, { id, answers }: SurveyQuestion): Metadata => [
  {
    type: 'Question',
    id,
    groupId: survey.groupId,
    surveyId: survey.id,
    provider: PROVIDER,
    replies: answers.map((answer) => answer.id),
  },
];

/** Goes with the status that tells of an answer that is none. @see PROTOCOL.md §12.5 */
export const invalidAnswerMetadata = (survey: Survey, { id: questionId }: SurveyQuestion): Metadata => [
  { type: 'InvalidAnswer', questionId, surveyId: survey.id, provider: PROVIDER },
];
