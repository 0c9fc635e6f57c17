import { APP, CONVERSATION, LogWriter, MAIN, START, SURVEY, buildMessage } from '../testing/log-entries';
import { replay, type ConversationState } from './conversation-state';

const screenOf = (log: LogWriter): ConversationState => replay(CONVERSATION, log.entries);
const texts = ({ messages }: ConversationState): string[] =>
  messages.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
const states = ({ messages }: ConversationState) =>
  messages.map(({ delivery }) => delivery?.state ?? 'received');

describe('conversation state', () => {
  interface DeliveryCase {
    readonly name: string;
    readonly log: LogWriter;
    readonly state: string;
  }
  const written = () => new LogWriter().opened().submitted('m1', 'Hi');
  const deliveries: readonly DeliveryCase[] = [
    { name: 'is sending until an answer or an echo comes', log: written(), state: 'sending' },
    { name: 'is sent when the answer comes', log: written().sent('m1', 0), state: 'sent' },
    { name: 'is sent when the echo comes before the answer', log: written().echo(0, 'Hi'), state: 'sent' },
    {
      name: 'is sent when the echo comes instead of the answer',
      log: written().failed('m1', { isAnswerMissing: true }).echo(0, 'Hi'),
      state: 'sent',
    },
    { name: 'is failed when it is refused', log: written().failed('m1'), state: 'failed' },
    {
      name: 'is failed when neither answer nor echo came',
      log: written().failed('m1', { isAnswerMissing: true }),
      state: 'failed',
    },
    {
      name: 'is sending again when it is tried again',
      log: written().failed('m1').submitted('m1', 'Hi'),
      state: 'sending',
    },
    {
      name: 'is sent when the retry worked',
      log: written().failed('m1').submitted('m1', 'Hi').sent('m1', 0),
      state: 'sent',
    },
    {
      name: 'is accepted by the agent’s ACCEPT',
      log: written().sent('m1', 0).agentReceipt('ACCEPT', [0]),
      state: 'accepted',
    },
    {
      name: 'is accepted when the ACCEPT overtakes the answer',
      log: written().agentReceipt('ACCEPT', [0]).sent('m1', 0),
      state: 'accepted',
    },
    {
      name: 'is read by a READ without an ACCEPT',
      log: written().sent('m1', 0).agentReceipt('READ', [0]),
      state: 'read',
    },
    {
      name: 'stays read when the ACCEPT comes late',
      log: written().sent('m1', 0).agentReceipt('READ', [0]).agentReceipt('ACCEPT', [0], 51),
      state: 'read',
    },
  ];
  for (const { name, log, state } of deliveries) {
    it(`says that an own message ${name}`, () => {
      const screen = screenOf(log);

      expect(texts(screen)).toEqual(['Hi']);
      expect(states(screen)).toEqual([state as never]);
    });
  }

  it('shows one message for submission, answer and echo, however often they come', () => {
    const log = written().sent('m1', 0).echo(0, 'Hi').echo(0, 'Hi').sent('m1', 0);

    expect(texts(screenOf(log))).toEqual(['Hi']);
  });

  it('keeps two messages with the same words apart when only their echoes come', () => {
    const log = written().submitted('m2', 'Hi').echo(0, 'Hi').echo(1, 'Hi');

    expect(screenOf(log).messages.map(({ id, sequence }) => [id, sequence])).toEqual([
      ['m1', 0],
      ['m2', 1],
    ]);
  });

  it('does not take an older message of the same words for the echo', () => {
    const log = new LogWriter().opened().echo(0, 'Hi').submitted('m1', 'Hi');

    expect(states(screenOf(log))).toEqual(['sent', 'sending']);
  });

  it('does not take the echo of an answered message for that of another', () => {
    const log = written().submitted('m2', 'Hi').sent('m2', 0).echo(0, 'Hi');

    const byId = new Map(screenOf(log).messages.map((message) => [message.id, message.delivery?.state]));
    expect(byId.get('m1')).toBe('sending');
    expect(byId.get('m2')).toBe('sent');
  });

  it('orders by the cloud’s sequence, not by arrival', () => {
    const log = new LogWriter().opened().agentSays(4, 'third').agentSays(2, 'second').agentSays(1, 'first');

    expect(texts(screenOf(log))).toEqual(['first', 'second', 'third']);
  });

  it('keeps a failed message where it was written', () => {
    const log = new LogWriter()
      .opened()
      .agentSays(0, 'before')
      .submitted('m1', 'lost')
      .failed('m1')
      .agentSays(1, 'after');

    expect(texts(screenOf(log))).toEqual(['before', 'lost', 'after']);
  });

  it('shows what the same consumer wrote elsewhere as an own message', () => {
    const [message] = screenOf(new LogWriter().opened().echo(0, 'from the phone')).messages;

    expect(message?.isOwn).toBeTrue();
    expect(message?.delivery?.clientMessageId).toBeNull();
  });

  it('counts receipts per dialog: the survey begins at 0 again', () => {
    const log = written().sent('m1', 0).conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    log.submitted('m2', '5', SURVEY).sent('m2', 0, SURVEY);
    log.notification(
      buildMessage({
        sequence: 1,
        dialogId: SURVEY,
        role: 'AGENT',
        event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] },
      }),
    );

    expect(states(screenOf(log))).toEqual(['sent', 'read']);
  });

  it('never shows what agents tell each other', () => {
    const log = new LogWriter().opened().agentSays(0, 'secret', { audience: 'AGENTS_AND_MANAGERS' });

    expect(screenOf(log).messages).toEqual([]);
  });

  it('shows what it does not know as not supported, and never throws', () => {
    const odd = [
      { type: 'ContentEvent', contentType: 'forms/secure-invitation', message: { title: 'x' } },
      { type: 'ContentEvent', contentType: 'hosted/file', message: 'no object' },
      { type: 'SomethingNew', value: 1 },
      { type: 'RichContentEvent', content: null },
    ];
    const log = new LogWriter().opened();
    odd.forEach((event, at) => log.notification(buildMessage({ sequence: at, event })));

    expect(screenOf(log).messages.map(({ content }) => content.kind)).toEqual([
      'unsupported',
      'unsupported',
      'unsupported',
      'structured',
    ]);
  });

  it('ignores changes that have no known form', () => {
    const log = new LogWriter()
      .opened()
      .notification({ nonsense: true })
      .notification({ event: { type: 3 } });

    expect(screenOf(log).messages).toEqual([]);
  });

  it('reads the words out of structured content', () => {
    const content = {
      type: 'vertical',
      elements: [
        { type: 'text', text: 'Order 4711' },
        { type: 'button', title: 'Track' },
      ],
    };
    const log = new LogWriter()
      .opened()
      .notification(buildMessage({ event: { type: 'RichContentEvent', content } }));

    expect(screenOf(log).messages[0]?.content).toEqual({
      kind: 'structured',
      texts: ['Order 4711', 'Track'],
      content,
    });
  });

  it('says that the agent is typing until any other state comes', () => {
    const log = new LogWriter().opened().agentState('COMPOSING');
    expect(screenOf(log).typing?.role).toBe('ASSIGNED_AGENT');

    for (const state of ['ACTIVE', 'PAUSE', 'GONE', 'INACTIVE']) {
      expect(screenOf(new LogWriter().opened().agentState('COMPOSING').agentState(state)).typing)
        .withContext(state)
        .toBeNull();
    }
  });

  it('ends typing with the message that was typed, and with the conversation', () => {
    expect(
      screenOf(new LogWriter().opened().agentState('COMPOSING').agentSays(0, 'Hello')).typing,
    ).toBeNull();
    expect(
      screenOf(new LogWriter().opened().agentState('COMPOSING').conversation({ state: 'CLOSE' })).typing,
    ).toBeNull();
  });

  it('ends typing when the agent leaves, not when somebody else comes or goes', () => {
    const log = () => new LogWriter().opened().agentState('COMPOSING');
    expect(screenOf(log().conversation()).typing).not.toBeNull();
    expect(screenOf(log().conversation({ roles: ['CONSUMER', 'MANAGER'] })).typing).toBeNull();

    const rejoined = new LogWriter()
      .opened()
      .conversation({ roles: ['CONSUMER'] })
      .agentState('COMPOSING');
    expect(screenOf(rejoined).typing).not.toBeNull();
  });

  it('does not end typing by an older message that is delivered again', () => {
    const log = new LogWriter().opened().agentSays(0, 'Hello').agentState('COMPOSING').agentSays(0, 'Hello');

    expect(screenOf(log).typing).not.toBeNull();
  });

  it('finds the survey by its type and sends into it until it closes', () => {
    const log = new LogWriter().opened().conversation({ state: 'CLOSE', stage: 'OPEN', survey: 'OPEN' });
    expect(screenOf(log).phase).toBe('survey');
    expect(screenOf(log).dialog).toEqual({ dialogId: SURVEY, isSurvey: true });

    log.conversation({
      state: 'CLOSE',
      stage: 'CLOSE',
      survey: 'CLOSE',
      stamp: START + 5,
      closeReason: 'CONSUMER',
    });
    expect(screenOf(log).phase).toBe('closed');
    expect(screenOf(log).closing?.by).toBe('CONSUMER');
  });

  it('stays closed when an older state comes late', () => {
    const log = new LogWriter()
      .opened()
      .conversation({ state: 'CLOSE', stamp: START + 5 })
      .conversation({ state: 'OPEN' });

    expect(screenOf(log).phase).toBe('closed');
  });

  it('takes the newest participants, not the last to arrive', () => {
    const log = new LogWriter().opened();
    log
      .conversation({ roles: ['CONSUMER', 'ASSIGNED_AGENT'], stamp: START + 9 })
      .conversation({ roles: ['CONSUMER'], stamp: START + 1 });

    expect(screenOf(log).participants.map(({ role }) => role)).toEqual(['ASSIGNED_AGENT']);
  });

  it('knows the consumer and the app from the entry that opened it', () => {
    const log = new LogWriter().opened();

    expect(screenOf(log).consumer?.name).toBe('Kim');
    expect(log.entries[0]).toEqual(jasmine.objectContaining({ appKey: APP }) as never);
    expect(screenOf(log).dialog.dialogId).toBe(MAIN);
  });
});
