import type { Metadata } from '#protocol/connector/events';

import { INSTANT_PACE } from '../agent/agent-pace.ts';
import type { AgentStep } from '../agent/agent-script.ts';
import { inShort } from '../testing/agent-builders.ts';
import { questionEvent, questionMetadata } from './survey-content.ts';
import { DEMO_SURVEY } from './survey-definition.ts';
import type { SurveyQuestion } from './survey-definition.ts';
import type { SurveyProgress } from './survey-progress.ts';
import { surveyOpening, surveyTurn } from './survey-script.ts';
import type { SurveyInput } from './survey-script.ts';

const situation = { survey: DEMO_SURVEY, pace: INSTANT_PACE };
const [FIRST, SECOND] = DEMO_SURVEY.questions as readonly [SurveyQuestion, SurveyQuestion];

const buildInput = (more: Partial<SurveyInput> = {}): SurveyInput => ({
  sequence: 2,
  text: null,
  isMessage: true,
  metadata: [],
  ...more,
});
const answerOf = (question: SurveyQuestion, title: string): Metadata => [
  {
    type: 'Answer',
    questionId: question.id,
    id: question.answers.find((answer) => answer.title === title)?.id,
    provider: 'AC',
  },
];
const pressed = (question: SurveyQuestion, title: string): SurveyInput =>
  buildInput({ isMessage: false, metadata: answerOf(question, title) });
const written = (text: string, metadata: Metadata = []): SurveyInput =>
  buildInput({ sequence: 3, text, metadata });
const asked = (question: SurveyQuestion | null, timesAsked = 1): SurveyProgress => ({
  hasBegun: true,
  question,
  timesAsked,
});

/** The texts of a turn: READ and ENRICH by name, messages by their words. */
function told(steps: readonly AgentStep[]): readonly string[] {
  return steps.flatMap((step) => {
    if (step.do === 'close') return [`close ${step.cause}`];
    if (step.do !== 'publish' || step.event.type === 'ChatStateEvent') return [];
    const { event } = step;
    if (event.type === 'AcceptStatusEvent') return [`${event.status} ${event.sequenceList.join(',')}`];
    return event.type === 'ContentEvent' ? [String(event.message)] : [event.type];
  });
}

describe('The survey’s questions (§8.4.10)', () => {
  it('have the shape of the tutorial’s sample, member by member', () => {
    const event = questionEvent(DEMO_SURVEY, FIRST);
    const { replies, ...rest } = event.quickReplies as { replies: readonly Record<string, unknown>[] };

    expect(JSON.stringify({ ...event, quickReplies: rest })).toBe(
      '{"type":"ContentEvent","message":"How would you rate your overall experience?","contentType":"text/plain",' +
        '"quickReplies":{"type":"quickReplies","itemsPerRow":8}}',
    );
    expect(replies.map(({ title }) => title)).toEqual(['1', '2', '3', '4', '5', 'Skip']);
    expect(JSON.stringify(replies[0])).toBe(
      '{"type":"button","tooltip":"1","title":"1","style":{"bold":false,"size":"medium","italic":false,' +
        '"color":"#4d4e4e","background-color":"#ffffff","border-color":"#d0d2d3","border-radius":14},' +
        `"click":{"metadata":[{"type":"Answer","questionId":"${FIRST.id}","id":"${FIRST.answers[0]?.id}",` +
        '"provider":"AC"}],"actions":[{"type":"publishText","text":"1"}]}}',
    );
    expect(JSON.stringify(replies[5])).toBe(
      '{"type":"button","tooltip":"Skip","title":"Skip",' +
        `"click":{"metadata":[{"type":"Answer","questionId":"${FIRST.id}","id":"${FIRST.answers[5]?.id}",` +
        `"provider":"AC","groupId":"${DEMO_SURVEY.groupId}"}],"actions":[{"type":"publishText","text":"Skip"}]}}`,
    );
  });

  it('are named as such in their metadata, with the ids of all replies (§12.5)', () => {
    const [mark] = questionMetadata(DEMO_SURVEY, FIRST);

    expect(Object.keys(mark ?? {})).toEqual(['type', 'id', 'groupId', 'surveyId', 'provider', 'replies']);
    expect(mark).toEqual(
      jasmine.objectContaining({
        type: 'Question',
        id: FIRST.id,
        replies: FIRST.answers.map(({ id }) => id),
      }) as never,
    );
  });
});

describe('The survey’s bot (§11.3)', () => {
  it('joins, greets, and asks its first question', () => {
    expect(inShort(surveyOpening(situation))[0]).toBe('join');
    expect(told(surveyOpening(situation))).toEqual([DEMO_SURVEY.greeting, FIRST.text]);
  });

  const turns: readonly (readonly [string, SurveyProgress, readonly SurveyInput[], readonly string[]])[] = [
    ['an ACTION with the answer’s metadata', asked(FIRST), [pressed(FIRST, '4')], [SECOND.text]],
    [
      'an ACTION and its text',
      asked(FIRST),
      [pressed(FIRST, '4'), written('4', answerOf(FIRST, '4'))],
      ['READ 3', SECOND.text],
    ],
    [
      'a text with metadata alone',
      asked(FIRST),
      [written('4', answerOf(FIRST, '4'))],
      ['READ 3', SECOND.text],
    ],
    ['the words of an answer', asked(FIRST), [written(' 5 ')], ['READ 3', SECOND.text]],
    [
      '… in whatever case',
      asked(SECOND),
      [written('YES')],
      ['READ 3', DEMO_SURVEY.thanks, 'close Completed'],
    ],
    ['Skip, by which the question is left', asked(FIRST), [written('skip')], ['READ 3', SECOND.text]],
    [
      'the last answer: thanks and completion',
      asked(SECOND),
      [pressed(SECOND, 'No')],
      [DEMO_SURVEY.thanks, 'close Completed'],
    ],
    [
      'the text of the question before, which is only read',
      asked(SECOND),
      [written('4', answerOf(FIRST, '4'))],
      ['READ 3'],
    ],
    [
      'words that answer nothing: told so, and asked again',
      asked(FIRST),
      [written('great')],
      ['READ 3', 'ENRICH 3', `Please choose one of: 1, 2, 3, 4, 5, Skip. ${FIRST.text}`],
    ],
    [
      'an answer that the question does not have',
      asked(FIRST),
      [buildInput({ isMessage: false, metadata: [{ type: 'Answer', questionId: FIRST.id, id: 'x' }] })],
      ['ENRICH 2', `Please choose one of: 1, 2, 3, 4, 5, Skip. ${FIRST.text}`],
    ],
    ['the third that answers nothing: goes on', asked(FIRST, 3), [written('great')], ['READ 3', SECOND.text]],
    ['something before any question', asked(null, 0), [written('hi')], ['READ 3', FIRST.text]],
  ];
  for (const [what, progress, inputs, expected] of turns) {
    it(`takes ${what}`, () => {
      expect(told(surveyTurn(situation, progress, inputs))).toEqual([...expected]);
    });
  }

  it('marks what is no answer as InvalidAnswer (§12.5)', () => {
    const marks = surveyTurn(situation, asked(FIRST), [written('great')]).flatMap((step) =>
      step.do === 'publish' && step.event.type === 'AcceptStatusEvent' && step.event.status === 'ENRICH'
        ? [step.metadata]
        : [],
    );

    expect(marks).toEqual([
      [{ type: 'InvalidAnswer', questionId: FIRST.id, surveyId: DEMO_SURVEY.id, provider: 'AC' }],
    ]);
  });
});
