import { asConversationId, asDialogId } from '#protocol/identifiers';

import {
  AGENT,
  CONSUMER,
  MAIN,
  OPENED_AT,
  buildOpening,
  buildText,
  joining,
  saying,
} from '../testing/conversation-builders.ts';
import { ConversationHistory } from './conversation-history.ts';
import type { HistoryLimits } from './conversation-history.ts';
import type { ConversationCommand } from './conversation-commands.ts';
import { Conversations } from './conversations.ts';

describe('The history of conversations (§9)', () => {
  let now: number;
  let history: ConversationHistory;
  let conversations: Conversations;

  function begin(limits?: HistoryLimits): void {
    now = OPENED_AT;
    history = new ConversationHistory(limits);
    conversations = new Conversations({
      clock: { now: () => now, schedule: () => ({ cancel: () => undefined }), track: (work) => work },
      tell: (occurrence) => history.note(occurrence),
    });
  }
  beforeEach(() => begin());

  /** A second later each. */
  function happen(id: string, ...commands: readonly ConversationCommand[]): void {
    for (const command of commands) {
      now += 1000;
      expect(conversations.execute(asConversationId(id), command).outcome)
        .withContext(command.type)
        .toBe('accepted');
    }
  }
  const open = (id: string = MAIN, consumerId = CONSUMER): void => {
    conversations.open(buildOpening({ id: asConversationId(id), consumerId: consumerId as never }));
  };
  const recordOf = (id: string = MAIN): NonNullable<ReturnType<ConversationHistory['get']>> => {
    const record = history.get(asConversationId(id));
    if (!record) throw new Error('no record');
    return record;
  };

  it('keeps who wrote what, when, and under which number', () => {
    open();
    happen(
      MAIN,
      saying(CONSUMER),
      joining,
      saying(AGENT, { event: buildText('Hi'), audience: 'AGENTS_AND_MANAGERS' }),
    );

    expect(recordOf().messages).toEqual([
      jasmine.objectContaining({
        sequence: 0,
        by: CONSUMER,
        isByConsumer: true,
        at: OPENED_AT + 1000,
        audience: 'ALL',
      }),
      jasmine.objectContaining({
        sequence: 1,
        by: AGENT,
        isByConsumer: false,
        audience: 'AGENTS_AND_MANAGERS',
      }),
    ]);
  });

  it('keeps a status for each message that it names, and no chat states', () => {
    open();
    const accepting = saying(AGENT, {
      event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0, 1] },
    });
    const typing = saying(AGENT, { event: { type: 'ChatStateEvent', chatState: 'COMPOSING' } });
    happen(MAIN, saying(CONSUMER), saying(CONSUMER), joining, accepting, typing);

    expect(recordOf().messages).toHaveSize(2);
    expect(recordOf().statuses.map(({ sequence, status }) => [sequence, status])).toEqual([
      [0, 'READ'],
      [1, 'READ'],
    ]);
  });

  it('keeps who came and went, and a change of role as both', () => {
    open();
    happen(
      MAIN,
      joining,
      { type: 'join', participant: { id: AGENT, role: 'MANAGER' } },
      { type: 'leave', participantId: AGENT },
    );

    const seen = recordOf().attendances.map(({ participant, joinedAt, leftAt }) => [
      participant.role,
      joinedAt - OPENED_AT,
      leftAt === null ? null : leftAt - OPENED_AT,
    ]);
    expect(seen).toEqual([
      ['CONSUMER', 0, null],
      ['ASSIGNED_AGENT', 1000, 2000],
      ['MANAGER', 2000, 3000],
    ]);
  });

  it('keeps a transfer with both skills and the agent who had it', () => {
    open();
    happen(MAIN, joining, { type: 'change-skill', skillId: '12' });

    expect(recordOf().transfers).toEqual([
      { at: OPENED_AT + 2000, fromSkillId: '-1', toSkillId: '12', fromAgent: AGENT },
    ]);
  });

  it('keeps closed conversations, and knows which one was a consumer’s first', () => {
    open('one');
    happen('one', { type: 'close', by: 'CONSUMER' });
    open('two');
    open('three', 'another');

    expect(recordOf('one').conversation.stage).toBe('CLOSE');
    expect(['one', 'two', 'three'].map((id) => recordOf(id).isFirst)).toEqual([true, false, true]);
  });

  it('forgets the conversations that have been still for longest beyond their number', () => {
    begin({ mostConversations: 2, mostCharacters: 1_000_000 });
    open('one', 'a');
    open('two', 'b');
    happen('one', saying('a', { dialogId: asDialogId('one') }));
    open('three', 'c');

    expect(history.list().map(({ id }) => String(id))).toEqual(['one', 'three']);
  });

  it('forgets them beyond the size of all messages too, and says of what goes on that it is not whole', () => {
    begin({ mostConversations: 100, mostCharacters: 2000 });
    const long = (id: string, by: string): ConversationCommand =>
      saying(by, { dialogId: asDialogId(id), event: buildText('x'.repeat(900)) });
    open('one', 'a');
    open('two', 'b');
    happen('one', long('one', 'a'));
    happen('two', long('two', 'b'));
    expect(history.list().map(({ id }) => String(id))).toEqual(['two']);
    happen('one', saying('a', { dialogId: asDialogId('one') }));

    expect(recordOf('one').isPartial).toBe(true);
    expect(recordOf('one').messages.map(({ sequence }) => sequence)).toEqual([1]);
  });

  it('halves a single conversation that is too large', () => {
    begin({ mostConversations: 100, mostCharacters: 2000 });
    open();
    for (let count = 0; count < 50; count += 1) happen(MAIN, saying(CONSUMER));

    const { messages, isPartial } = recordOf();
    expect(isPartial).toBe(true);
    expect(messages.length).toBeLessThan(10);
    expect(messages.at(-1)?.sequence).toBe(49);
  });

  it('can forget everything', () => {
    open();
    history.clear();

    expect(history.list()).toEqual([]);
  });
});
