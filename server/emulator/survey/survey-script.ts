import type { Metadata } from '#protocol/connector/events';

import type { AgentPace } from '../agent/agent-pace.ts';
import { pause, publish, typing } from '../agent/agent-script.ts';
import type { AgentStep } from '../agent/agent-script.ts';
import { plainText } from '../agent/content.ts';
import { invalidAnswerMetadata, questionEvent, questionMetadata } from './survey-content.ts';
import type { Survey, SurveyAnswer, SurveyQuestion } from './survey-definition.ts';
import type { SurveyProgress } from './survey-progress.ts';

/** What a consumer did in the survey's dialog. */
export interface SurveyInput {
  readonly sequence: number;
  /** Text of a message; `null`: an element was used, or something else was sent. */
  readonly text: string | null;
  /** Whether it is a message, which is accepted and read. */
  readonly isMessage: boolean;
  readonly metadata: Metadata;
}

/** After so many answers that are none, the question is left. */
const MOST_TRIES = 3;

interface Situation {
  readonly survey: Survey;
  readonly pace: AgentPace;
}

/** The bot comes, greets and asks. @see PROTOCOL.md §11.3 */
export function surveyOpening({ survey, pace }: Situation): readonly AgentStep[] {
  return [
    pause(pace.joinMs),
    { do: 'join' },
    publish(plainText(survey.greeting)),
    ...asking({ survey, pace }, survey.questions[0]),
  ];
}

/**
 * What the bot does about what came in: takes the first answer among it, asks again where there is none, asks the next
 * question, or thanks and closes. An answer to an earlier question, such as the text that follows an ACTION, is only read.
 *
 * @see PROTOCOL.md §11.3, §12.4
 */
export function surveyTurn(
  situation: Situation,
  { question, timesAsked }: SurveyProgress,
  inputs: readonly SurveyInput[],
): readonly AgentStep[] {
  const { survey, pace } = situation;
  const read = reading(inputs, pace);
  if (!question) return [...read, ...asking(situation, survey.questions[0])];
  const current = inputs.filter((input) => !isAnswerToOther(input, question));
  if (current.length === 0) return read;
  const isAnswered = current.some((input) => answerIn(input, question));
  if (isAnswered || timesAsked >= MOST_TRIES)
    return [...read, ...asking(situation, nextAfter(survey, question))];
  return [...read, ...askingAgain(situation, question, current)];
}

function reading(inputs: readonly SurveyInput[], pace: AgentPace): readonly AgentStep[] {
  const sequenceList = inputs.filter(({ isMessage }) => isMessage).map(({ sequence }) => sequence);
  if (sequenceList.length === 0) return [];
  return [pause(pace.readMs), publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList })];
}

/** Without a question that is left: thanks, and the dialog is completed. @see PROTOCOL.md §8.4.12 */
function asking({ survey, pace }: Situation, question: SurveyQuestion | undefined): readonly AgentStep[] {
  if (!question) {
    return [...typing(pace.typeMs, publish(plainText(survey.thanks))), { do: 'close', cause: 'Completed' }];
  }
  return typing(pace.typeMs, {
    do: 'publish',
    event: questionEvent(survey, question),
    metadata: questionMetadata(survey, question),
  });
}

function askingAgain(
  { survey, pace }: Situation,
  question: SurveyQuestion,
  inputs: readonly SurveyInput[],
): readonly AgentStep[] {
  const sequenceList = inputs.map(({ sequence }) => sequence);
  const titles = question.answers.map(({ title }) => title).join(', ');
  return [
    {
      do: 'publish',
      event: { type: 'AcceptStatusEvent', status: 'ENRICH', sequenceList },
      metadata: invalidAnswerMetadata(survey, question),
    },
    ...typing(pace.typeMs, {
      do: 'publish',
      event: questionEvent(survey, question, `Please choose one of: ${titles}. ${question.text}`),
      metadata: questionMetadata(survey, question),
    }),
  ];
}

const nextAfter = ({ questions }: Survey, question: SurveyQuestion): SurveyQuestion | undefined =>
  questions[questions.indexOf(question) + 1];

const answerMarkOf = ({ metadata }: SurveyInput): Metadata[number] | undefined =>
  metadata.find(({ type }) => type === 'Answer');

const isAnswerToOther = (input: SurveyInput, question: SurveyQuestion): boolean => {
  const mark = answerMarkOf(input);
  return mark !== undefined && mark['questionId'] !== question.id;
};

/** By its metadata, or by the words of one of the answers. @see PROTOCOL.md §12.4 */
function answerIn(input: SurveyInput, { answers }: SurveyQuestion): SurveyAnswer | undefined {
  const mark = answerMarkOf(input);
  if (mark) return answers.find(({ id }) => id === mark['id']);
  const words = input.text?.trim().toLowerCase();
  return answers.find(({ title }) => title.toLowerCase() === words);
}
