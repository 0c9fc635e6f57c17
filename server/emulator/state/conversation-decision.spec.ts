import { asDialogId } from '#protocol/identifiers';
import type { ConversationChange, MessageChange } from '#protocol/webhook-notification';

import {
  AGENT,
  CONSUMER,
  MAIN,
  OPENED_AT,
  accepted,
  buildConversation,
  buildOpening,
  joining,
  saying,
} from '../testing/conversation-builders.ts';
import { decide, open } from './conversation-decision.ts';
import type { Accepted, ConversationCommand } from './conversation-commands.ts';

const LATER = OPENED_AT + 60_000;
const CLOSE: ConversationCommand = { type: 'close', by: 'CONSUMER' };
const CLOSE_MAIN: ConversationCommand = { type: 'close-dialog', dialogId: MAIN, by: 'AGENT', cause: 'Done' };

const conversationChange = ({ notifications }: Accepted): ConversationChange['result'] =>
  (notifications[0]?.change as ConversationChange).result;
const messageChange = ({ notifications }: Accepted): MessageChange =>
  notifications[0]?.change as MessageChange;

describe('The life of a conversation (§11)', () => {
  it('begins open, with the consumer in the MAIN dialog of the same id (§11.1)', () => {
    const { state, notifications } = open(buildOpening(), OPENED_AT);

    expect(state.stage).toBe('OPEN');
    expect(state.dialogs.map(({ id, type, state: itsState }) => [id, type, itsState])).toEqual([
      [MAIN, 'MAIN', 'OPEN'],
    ]);
    expect(notifications.map(({ eventType }) => eventType)).toEqual(['cqm.ExConversationChangeNotification']);
  });

  it('tells the real delivery’s body at its beginning (§8.4.1)', () => {
    const { notifications } = open(buildOpening(), OPENED_AT);

    expect(JSON.stringify(notifications[0]?.change)).toBe(
      '{"type":"UPSERT","result":{"convId":"5491244f","effectiveTTR":1544179332211,"conversationDetails":' +
        '{"skillId":"-1","participants":[{"id":"ade26082","role":"CONSUMER"}],"dialogs":[{"dialogId":"5491244f",' +
        '"participantsDetails":[{"id":"ade26082","role":"CONSUMER"}],"dialogType":"MAIN","channelType":"MESSAGING",' +
        '"state":"OPEN","creationTs":1544178732211,"metaDataLastUpdateTs":1544178732211}],"brandId":"demo",' +
        '"state":"OPEN","stage":"OPEN","startTs":1544178732211,"metaDataLastUpdateTs":1544178732211,' +
        '"ttr":{"ttrType":"PRIORITIZED","value":600}}}}',
    );
  });

  it('gains an agent, and tells so with everybody in it (§8.4.3)', () => {
    const { conversationDetails } = conversationChange(accepted(buildConversation(), joining, LATER));

    expect(conversationDetails.participants).toEqual([
      { id: CONSUMER, role: 'CONSUMER' },
      { id: AGENT, role: 'ASSIGNED_AGENT' },
    ]);
    expect(conversationDetails.metaDataLastUpdateTs).toBe(LATER);
  });

  it('does not list somebody twice who takes another role (§11.5)', () => {
    const manager: ConversationCommand = { type: 'join', participant: { id: AGENT, role: 'MANAGER' } };

    const { dialogs } = accepted(buildConversation(joining), manager, LATER).state;

    expect(dialogs[0].participants).toEqual([
      { id: CONSUMER, role: 'CONSUMER' },
      { id: AGENT, role: 'MANAGER' },
    ]);
  });

  it('loses its agent when it goes to another skill (§11.2, §8.4.13)', () => {
    const transfer: ConversationCommand = { type: 'change-skill', skillId: '4711' };

    const { skillId, participants } = conversationChange(
      accepted(buildConversation(joining), transfer, LATER),
    ).conversationDetails;

    expect([skillId, participants]).toEqual(['4711', [{ id: CONSUMER, role: 'CONSUMER' }]]);
  });

  it('goes on without somebody who leaves (§11.2)', () => {
    const leaving: ConversationCommand = { type: 'leave', participantId: AGENT };

    const { state } = accepted(buildConversation(joining), leaving, LATER);

    expect([state.stage, state.dialogs[0].participants.length]).toEqual(['OPEN', 1]);
  });

  it('ends with all its dialogs, keeping who ended it and when (§8.4.7)', () => {
    const result = conversationChange(accepted(buildConversation(joining), CLOSE, LATER));

    expect(result.effectiveTTR).toBe(-1);
    expect(result.conversationDetails).toEqual(
      jasmine.objectContaining({
        state: 'CLOSE',
        stage: 'CLOSE',
        closeReason: 'CONSUMER',
        endTs: LATER,
      }) as never,
    );
    expect(result.conversationDetails.dialogs?.[0]).toEqual(
      jasmine.objectContaining({ state: 'CLOSE', closedBy: 'CONSUMER', endTs: LATER }) as never,
    );
    expect(result.conversationDetails.dialogs?.[0]).not.toEqual(
      jasmine.objectContaining({ closedCause: jasmine.anything() }) as never,
    );
  });

  it('ends with its last open dialog (§11.2)', () => {
    const { conversationDetails } = conversationChange(
      accepted(buildConversation(joining), CLOSE_MAIN, LATER),
    );

    expect([conversationDetails.stage, conversationDetails.closeReason]).toEqual(['CLOSE', 'AGENT']);
    expect(conversationDetails.dialogs?.[0]?.closedCause).toBe('Done');
  });

  it('goes on in the survey dialog after the MAIN dialog has ended (§11.1)', () => {
    const before = buildConversation(joining);
    const survey = {
      ...before.dialogs[0],
      id: asDialogId('PwT_YK91Sum3vu5H6T3YnA'),
      type: 'POST_SURVEY' as const,
    };
    const state = { ...before, dialogs: [before.dialogs[0], survey] as const };

    const closed = accepted(state, CLOSE_MAIN, LATER);

    const { conversationDetails } = conversationChange(closed);
    expect([conversationDetails.state, conversationDetails.stage]).toEqual(['CLOSE', 'OPEN']);
    expect(conversationDetails.endTs).toBeUndefined();
    expect(decide(closed.state, saying(CONSUMER), LATER)).toEqual({
      outcome: 'refused',
      reason: 'dialog-closed',
    });
    expect(accepted(closed.state, CLOSE, LATER).state).toEqual(
      jasmine.objectContaining({ stage: 'CLOSE', closeReason: 'AGENT' }),
    );
    const answered = accepted(closed.state, saying(CONSUMER, { dialogId: survey.id }), LATER);
    expect(answered.sequence).toBe(0);
    const end: ConversationCommand = {
      type: 'close-dialog',
      dialogId: survey.id,
      by: 'AGENT',
      cause: 'Completed',
    };
    expect(accepted(answered.state, end, LATER).state).toEqual(
      jasmine.objectContaining({ stage: 'CLOSE', closeReason: 'AGENT', endedAt: LATER }),
    );
  });

  it('never opens again: nothing but the old rating is taken after the end (§11.2, §6.4)', () => {
    const over = buildConversation(CLOSE);
    for (const command of [saying(CONSUMER), joining, CLOSE, CLOSE_MAIN]) {
      expect(decide(over, command, LATER)).toEqual({ outcome: 'refused', reason: 'conversation-closed' });
    }
    const rating: ConversationCommand = { type: 'rate', csat: { csatRate: 5, status: 'FILLED' } };
    expect(accepted(over, rating, LATER).state.stage).toBe('CLOSE');
  });

  it('never runs backwards in time, even where the clock does', () => {
    const { state } = accepted(buildConversation(joining), CLOSE, OPENED_AT - 5000);

    expect(state.endedAt).toBe(OPENED_AT + 1000);
  });

  it('leaves the state that it decides on untouched', () => {
    const state = buildConversation(joining);
    const before = structuredClone(state);
    for (const command of [saying(AGENT), CLOSE, CLOSE_MAIN]) decide(state, command, LATER);

    expect(state).toEqual(before);
  });
});

describe('What is said in a conversation (§6.3, §11.4)', () => {
  const composing = saying(CONSUMER, { event: { type: 'ChatStateEvent', chatState: 'COMPOSING' } });
  const read = saying(AGENT, { event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] } });

  it('is numbered from 0 by dialog, chat states apart (§11.4)', () => {
    let state = buildConversation(joining);
    const sequences = [saying(CONSUMER), composing, read, saying(AGENT)].map((command) => {
      const decision = accepted(state, command, LATER);
      state = decision.state;
      return decision.sequence;
    });

    expect(sequences).toEqual([0, 0, 1, 2]);
  });

  it('carries its speaker’s role in that dialog (§11.5)', () => {
    const change = messageChange(accepted(buildConversation(joining), saying(AGENT), LATER));

    expect(change.originatorMetadata).toEqual({ id: AGENT, role: 'ASSIGNED_AGENT' });
  });

  it('can be said only by who is there (§6.6)', () => {
    expect(decide(buildConversation(), saying(AGENT), LATER)).toEqual({
      outcome: 'refused',
      reason: 'not-a-participant',
    });
    expect(decide(buildConversation(), saying(CONSUMER, { dialogId: asDialogId('x') }), LATER)).toEqual({
      outcome: 'refused',
      reason: 'unknown-dialog',
    });
  });

  it('is due an answer from the consumer’s last message until somebody answers all (§8.3)', () => {
    const dueAfter = (...commands: readonly ConversationCommand[]): number | null =>
      buildConversation(joining, ...commands).pendingSince;

    expect(dueAfter(saying(CONSUMER), saying(CONSUMER))).toBe(OPENED_AT + 3000);
    expect(dueAfter(saying(CONSUMER), read, composing)).toBe(OPENED_AT + 2000);
    expect(dueAfter(saying(CONSUMER), saying(AGENT, { audience: 'AGENTS_AND_MANAGERS' }))).toBe(
      OPENED_AT + 2000,
    );
    expect(dueAfter(saying(CONSUMER), saying(AGENT))).toBeNull();
  });

  it('tells an unanswered conversation’s new urgency (§6.4)', () => {
    const urgent: ConversationCommand = { type: 'change-ttr', ttr: { ttrType: 'URGENT', value: 60 } };

    const { effectiveTTR } = conversationChange(accepted(buildConversation(), urgent, LATER));

    expect(effectiveTTR).toBe(OPENED_AT + 60_000);
  });
});
