import type { ConversationChange } from '#protocol/webhook-notification';

import {
  AGENT,
  CONSUMER,
  OPENED_AT,
  SURVEY,
  SURVEY_BOT,
  SURVEY_FEATURES,
  accepted,
  buildOpening,
  buildSurveyOffer,
  buildText,
  closeMain,
  closeSurvey,
  conversationAfter,
  join,
  joining,
  saying,
} from '../testing/conversation-builders.ts';
import type { ConversationCommand } from './conversation-commands.ts';
import { decide } from './conversation-decision.ts';
import type { ConversationState } from './conversation-state.ts';

const LATER = OPENED_AT + 600_000;
const OTHER_AGENT = 'b7a1';
const MANAGER = 'm4n4';

const toSkill = (skillId: string, suggestedAgentId?: string): ConversationCommand => ({
  type: 'change-skill',
  skillId,
  ...(suggestedAgentId !== undefined && { suggestedAgentId }),
});

const withReplies = saying(AGENT, { event: { ...buildText(), quickReplies: { type: 'quickReplies' } } });

describe('What is told of a survey (§8.4.9, §11.3)', () => {
  const served = conversationAfter(buildOpening({ features: SURVEY_FEATURES }), [joining]);
  const resultsOf = (
    state: ConversationState,
    command: ConversationCommand,
  ): ConversationChange['result'][] =>
    accepted(state, command, LATER).notifications.map(({ change }) => (change as ConversationChange).result);

  it('is two changes: the main dialog closed while the stage is open, then the survey (§11.2)', () => {
    const [closed, opened, ...others] = resultsOf(served, closeMain('CONSUMER')).map(
      ({ conversationDetails: details }) => [
        details.state,
        details.stage,
        details.dialogs?.map(({ dialogType }) => dialogType),
        'endTs' in details,
      ],
    );

    expect(closed).toEqual(['CLOSE', 'OPEN', ['MAIN'], false]);
    expect(opened).toEqual(['CLOSE', 'OPEN', ['MAIN', 'POST_SURVEY'], false]);
    expect(others).toEqual([]);
  });

  it('has the shape of the tutorial’s sample (§8.4.9)', () => {
    const { effectiveTTR, conversationDetails } = resultsOf(served, closeMain('CONSUMER')).at(-1)!;

    expect(effectiveTTR).toBe(-1);
    expect(conversationDetails.participants).toEqual([
      { id: CONSUMER, role: 'CONSUMER' },
      { id: AGENT, role: 'ASSIGNED_AGENT' },
      { id: AGENT, role: 'READER' },
    ]);
    expect(JSON.stringify(conversationDetails.dialogs?.[1])).toBe(
      JSON.stringify({
        dialogId: SURVEY,
        participantsDetails: [
          { id: CONSUMER, role: 'CONSUMER' },
          { id: AGENT, role: 'READER' },
        ],
        dialogType: 'POST_SURVEY',
        channelType: 'MESSAGING',
        metaData: { appInstallId: '756e7363-4472-4ae1-b1ae-b3b0b52107a0' },
        state: 'OPEN',
        creationTs: LATER,
        metaDataLastUpdateTs: LATER,
      }),
    );
  });

  it('can list the survey first (§14.1 #18)', () => {
    const first = buildSurveyOffer({ isListedFirst: true });

    const { dialogs } = resultsOf(served, closeMain('CONSUMER', first)).at(-1)!.conversationDetails;

    expect(dialogs?.map(({ dialogType }) => dialogType)).toEqual(['POST_SURVEY', 'MAIN']);
  });

  it('gives the conversation its end only with the last dialog (§11.2)', () => {
    const { state } = accepted(served, closeMain('CONSUMER'), LATER);

    const [{ conversationDetails }] = resultsOf(state, closeSurvey('AGENT')) as [
      ConversationChange['result'],
    ];

    expect(conversationDetails.endTs).toBe(LATER);
    expect(conversationDetails.dialogs?.map(({ closedBy, closedCause }) => [closedBy, closedCause])).toEqual([
      ['CONSUMER', 'Done'],
      ['AGENT', 'Completed'],
    ]);
  });

  it('counts its events from 0, by itself (§11.4)', () => {
    const state = conversationAfter(buildOpening({ features: SURVEY_FEATURES }), [
      joining,
      saying(CONSUMER),
      saying(AGENT),
      closeMain('CONSUMER'),
      join(SURVEY_BOT, 'AGENT', SURVEY),
    ]);

    expect(accepted(state, saying(SURVEY_BOT, { dialogId: SURVEY }), LATER).sequence).toBe(0);
  });

  it('makes no answer due, whatever the consumer writes in it (§8.3)', () => {
    const { state } = accepted(served, closeMain('CONSUMER'), LATER);

    expect(accepted(state, saying(CONSUMER, { dialogId: SURVEY }), LATER).state.pendingSince).toBeNull();
  });

  it('lets its bot send quick replies to a client that announces nothing any more', () => {
    const { state } = accepted(served, closeMain('CONSUMER'), LATER);
    const silent = accepted(state, { type: 'announce', features: [] }, LATER).state;
    const asking = accepted(silent, join(SURVEY_BOT, 'AGENT', SURVEY), LATER).state;

    expect(decide(asking, { ...withReplies, by: SURVEY_BOT, dialogId: SURVEY }, LATER).outcome).toBe(
      'accepted',
    );
  });
});

describe('Who answers whom (§8.3, §11.6)', () => {
  const dueAfter = (...commands: readonly ConversationCommand[]): number | null =>
    conversationAfter(buildOpening(), [saying(CONSUMER), ...commands]).pendingSince;

  it('is an agent or a manager; automatic messages answer nothing', () => {
    expect(dueAfter(joining, saying(AGENT))).toBeNull();
    expect(dueAfter(join(MANAGER, 'MANAGER'), saying(MANAGER))).toBeNull();
    expect(dueAfter(join('c0', 'CONTROLLER'), saying('c0'))).toBe(OPENED_AT + 1000);
  });

  it('tells nobody what the client can show (§6.1)', () => {
    const state = conversationAfter(buildOpening(), [joining]);

    const announced = accepted(state, { type: 'announce', features: ['RICH_CONTENT'] }, LATER);

    expect(announced.notifications).toEqual([]);
    expect(announced.state.features).toEqual(['RICH_CONTENT']);
  });

  it('lists who is offered a conversation as suggested, beside those who are there (§8.3)', () => {
    const state = conversationAfter(buildOpening(), [joining]);
    const [notification] = accepted(state, toSkill('1', OTHER_AGENT), LATER).notifications;
    const { participants, dialogs } = (notification?.change as ConversationChange).result.conversationDetails;

    expect(participants).toEqual([{ id: CONSUMER, role: 'CONSUMER' }]);
    expect(dialogs?.[0]?.participantsDetails as unknown).toEqual([
      { id: CONSUMER, role: 'CONSUMER' },
      { id: OTHER_AGENT, role: 'ASSIGNED_AGENT', state: 'SUGGESTED' },
    ]);
  });
});
