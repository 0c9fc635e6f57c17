import type { LogPayload } from '#protocol/bridge-events';

import { CONVERSATION, LogWriter, MAIN, START, buildMessage } from '../../testing/log-entries';
import { LogReader } from '../log-reader';
import { toItem, type InspectorItem } from '../inspector-item';
import { waitingCall } from '../request-item';
import { planSteps } from './plan-steps';
import { chosenKeys, layoutTimeline, relatedSteps } from './timeline-layout';
import type { TimelineStep } from './timeline-step';

type Exchange = Extract<LogPayload, { kind: 'exchange' }>;

function publish(event: Record<string, unknown>, sequence: number | null, startedAt: number): Exchange {
  const answer = { status: 200, headers: {}, body: { code: 'OK', body: { sequence } } };
  return {
    ...{ kind: 'exchange', exchangeId: `e${startedAt}`, service: 'asyncMessagingEnt', attempt: 1 },
    ...{ summary: `ms.PublishEvent ${String(event['type'])}`, startedAt, durationMs: 41, failure: null },
    request: {
      ...{ method: 'POST', url: 'https://va.example.com/send?v=3', headers: {} },
      body: { kind: 'req', type: 'ms.PublishEvent', body: { dialogId: MAIN, event } },
    },
    response: sequence === null ? null : answer,
  };
}

const EMPTY_REQUEST = { method: 'POST', url: 'https://va.example.com/x', headers: {}, body: null };
const text = (message: string) => ({ type: 'ContentEvent', contentType: 'text/plain', message });
const itemsOf = (log: LogWriter): InspectorItem[] =>
  log.entries.map((entry) => toItem(entry)).filter((item) => item !== null);
const words = ({ from, to, title, detail, mark }: TimelineStep) =>
  [`${from}>${to}`, title, detail, mark].filter((part) => part !== '').join(' ');

/** A message with everything that follows it. */
function wholeStory(): LogWriter {
  const log = new LogWriter().submitted('m1', 'Hi');
  log.add(publish(text('Hi'), 3, START + 1_200));
  return log.sent('m1', 3).echo(3, 'Hi').agentReceipt('ACCEPT', [3], 4).agentState('COMPOSING');
}

describe('the timeline', () => {
  it('draws a message from the consumer to the agent’s receipt and back to the screen', () => {
    expect(layoutTimeline(itemsOf(wholeStory())).map(words)).toEqual([
      'consumer>bridge write “Hi”',
      'bridge>cloud ContentEvent Hi · ms.PublishEvent',
      'cloud>bridge 200 · sequence 3 to ContentEvent Hi',
      'cloud>bridge webhook ContentEvent sequence 3 own echo',
      'agent>cloud ACCEPT 3',
      'cloud>bridge webhook ACCEPT 3 AcceptStatusEvent · sequence 4',
      'bridge>consumer accepted',
      'agent>cloud COMPOSING',
      'cloud>bridge webhook COMPOSING ChatStateEvent',
      'bridge>consumer typing…',
    ]);
  });

  it('shows what the agent said where the cloud stamped it, and its late webhook where it came', () => {
    const log = new LogWriter();
    // The cloud stamps sequence n at second 2n; the log has its entries at seconds 1, 2, 3, ….
    const stamped = (sequence: number, text: string, second: number) => {
      const change = { ...buildMessage({ sequence, text }), serverTimestamp: START + second * 1_000 };
      log.notification(change);
    };
    stamped(2, 'overtaking', 0.9);
    stamped(1, 'overtaken', 0.5);
    const reader = new LogReader();
    const items = log.entries.flatMap((entry) => reader.read(entry) ?? []);

    const steps = layoutTimeline(items);

    expect(
      steps.map(({ title, detail, mark, at }) => [(at - START) / 1_000, `${title} ${detail} ${mark}`.trim()]),
    ).toEqual([
      [0.5, 'ContentEvent overtaken'],
      [0.9, 'ContentEvent overtaking'],
      [1, 'webhook ContentEvent sequence 2'],
      [1, 'message in the chat overtaking'],
      [2, 'webhook ContentEvent sequence 1 late'],
      [2, 'message in the chat overtaken'],
    ]);
    expect(steps.filter(({ tone }) => tone === 'webhook').map(({ delayMs }) => delayMs)).toEqual([
      100, 1_500,
    ]);
    expect(steps.filter(({ isLate }) => isLate).length).toBe(1);
  });

  it('does not put an answer before its time when the cloud’s clock is ahead', () => {
    const change = { ...buildMessage({ sequence: 1 }), serverTimestamp: START + 3_600_000 };

    const [said, arrival] = layoutTimeline(itemsOf(new LogWriter().notification(change)));

    expect([said?.at, arrival?.at, arrival?.delayMs]).toEqual([START + 1_000, START + 1_000, null]);
  });

  it('lets nobody say twice what came once more', () => {
    const log = new LogWriter().agentSays(0, 'Hi').agentSays(0, 'Hi');
    const reader = new LogReader();
    const items = log.entries.flatMap((entry) => reader.read(entry) ?? []);

    expect(layoutTimeline(items).map(({ title }) => title)).toEqual([
      'ContentEvent',
      'webhook ContentEvent',
      'message in the chat',
      'webhook ContentEvent',
    ]);
  });

  it('tells at each answer to which call, and how long it took, also when others stand between', () => {
    const log = new LogWriter();
    log.add(publish({ type: 'ChatStateEvent', chatState: 'PAUSE' }, 0, START));
    log.add(publish(text('Hi'), 3, START + 10));

    const answers = layoutTimeline(itemsOf(log)).filter(({ tone }) => tone === 'answer');

    expect(answers.map(({ title, detail, delayMs }) => [title, detail, delayMs])).toEqual([
      ['200', 'to ChatStateEvent PAUSE', 41],
      ['200 · sequence 3', 'to ContentEvent Hi', 41],
    ]);
  });

  it('has a clock: the day at its beginning, and each second', () => {
    const log = new LogWriter();
    for (const at of [0, 400, 1_200]) {
      log.add({ ...publish(text('Hi'), 3, START + at), summary: 'sign in', durationMs: 100 });
    }

    expect(layoutTimeline(itemsOf(log)).map(({ clock }) => clock)).toEqual([
      ...['day', null, null, null, 'second', null],
    ] as const);
  });

  it('names a call by its type and what it carries, or by its whole name', () => {
    const log = new LogWriter();
    const plain = publish(text('Hi'), 3, START);
    log.add({ ...plain, summary: 'service directory', request: { ...plain.request, body: null } });

    const [call] = layoutTimeline(itemsOf(log));

    expect(call).toEqual(jasmine.objectContaining({ title: 'service directory', detail: '' }));
  });

  it('draws an answer before the call that it made possible, though both are in one millisecond', () => {
    const log = new LogWriter();
    log.add({ ...publish(text('a'), 3, START), summary: 'first', durationMs: 30.4 });
    log.add({ ...publish(text('b'), 4, START + 30), summary: 'second', durationMs: 3 });

    expect(layoutTimeline(itemsOf(log)).map(({ title }) => title)).toEqual([
      'first',
      '200 · sequence 3',
      'second',
      '200 · sequence 4',
    ]);
  });

  it('tells for each effect how long after its cause it came', () => {
    const steps = layoutTimeline(itemsOf(wholeStory()));
    const delayOf = (title: string) => steps.find((step) => step.title === title)?.delayMs;

    // Written at second 1; echo at 4, receipt at 5.
    expect(delayOf('webhook ContentEvent')).toBe(3_000);
    expect(delayOf('webhook ACCEPT 3')).toBe(4_000);
    expect(delayOf('write')).toBeNull();
    expect(delayOf('webhook COMPOSING')).toBeNull();
  });

  it('counts the echo of an own receipt from its own call, not from the message of the agent', () => {
    const log = new LogWriter().agentSays(1, 'Hello');
    log.add(publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] }, 2, START + 1_500));
    const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] };
    log.notification(buildMessage({ sequence: 2, role: 'CONSUMER', event }));

    const echo = layoutTimeline(itemsOf(log)).find(({ mark }) => mark === 'own echo');

    // The call left at 1.5 seconds, its echo came at 3.
    expect([echo?.delayMs, echo?.since]).toEqual([1_500, 'leaving']);
  });

  it('says from where each delay counts', () => {
    const steps = layoutTimeline(itemsOf(wholeStory().agentSays(5, 'Hello')));
    const bases = steps.flatMap(({ title, since }) => (since === null ? [] : [[title, since]]));

    expect(bases).toEqual([
      ['200 · sequence 3', 'call'],
      ['webhook ContentEvent', 'leaving'],
      ['webhook ACCEPT 3', 'message'],
      ['accepted', 'message'],
    ]);
  });

  for (const [fate, title, tone] of [
    ['shown', 'message in the chat', 'screen'],
    ['invalid', 'not drawn: invalid', 'failed'],
    ['named-only', 'in the chat as not supported', 'screen'],
  ] as const) {
    it(`tells of a message that is ${fate} what the chat makes of it`, () => {
      const log = new LogWriter().agentSays(0, 'Hi');

      const last = layoutTimeline(itemsOf(log), (item) => planSteps(item, () => fate)).at(-1);

      expect([last?.title, last?.tone]).toEqual([title, tone]);
    });
  }

  it('begins a conversation where the consumer wanted it, before the tokens that it needs', () => {
    const log = new LogWriter();
    const call = (summary: string, startedAt: number) =>
      log.add({ ...publish({}, null, startedAt), summary, request: { ...EMPTY_REQUEST } });
    call('app token', START);
    call('consumer token', START + 50);
    call('open conversation', START + 100);

    const steps = layoutTimeline(itemsOf(log));

    expect(steps.map(({ title }) => title)).toEqual([
      ...['open', 'app token', 'no answer', 'consumer token', 'no answer', 'open conversation', 'no answer'],
    ]);
    expect(steps[0]?.itemId).toBe(3);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it('ends with the calls that have no answer yet, below all that ended', () => {
    const exchange = publish(text('Hi'), null, START + 1_200);
    const call = waitingCall({ ...exchange, conversationId: CONVERSATION });

    const steps = layoutTimeline(itemsOf(wholeStory()), undefined, { uploads: [], calls: [call] });

    expect(steps.slice(-1).map((step) => [words(step), step.clock, step.isInert])).toEqual([
      ['bridge>cloud ContentEvent Hi · ms.PublishEvent waiting', 'now', false],
    ]);
  });

  it('draws a file that is all with the bridge once, by the call that puts it', () => {
    const uploads = [{ conversationId: CONVERSATION, name: 'boot.png', share: 1 }];
    const put = { ...publish({}, null, START), summary: 'put file', request: { ...EMPTY_REQUEST } };
    const calls = [waitingCall({ ...put, conversationId: CONVERSATION })];

    const steps = layoutTimeline([], undefined, { uploads, calls });

    expect(steps.map(words)).toEqual(['bridge>cloud put file waiting']);
  });

  it('says nothing of the screen about a message without a place in its dialog', () => {
    const change = buildMessage({ text: 'Nowhere' });
    delete change['sequence'];

    const steps = layoutTimeline(itemsOf(new LogWriter().notification(change)));

    expect(steps.filter(({ to }) => to === 'consumer')).toEqual([]);
  });

  it('ends with the files that are on their way', () => {
    const uploads = [
      { conversationId: CONVERSATION, name: 'shoe.png', share: 0.429 },
      { conversationId: CONVERSATION, name: 'boot.png', share: 1 },
    ];

    const steps = layoutTimeline(itemsOf(wholeStory()), undefined, { uploads, calls: [] });

    expect(steps.slice(-2).map((step) => [words(step), step.clock])).toEqual([
      ['consumer>bridge upload “shoe.png” 42 %', 'now'],
      ['bridge>cloud upload “boot.png” waiting for the storage', 'now'],
    ]);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it('names what the consumer sends that is no text', () => {
    const file = { caption: 'My shoe', relativePath: '/x', fileType: 'PNG' };
    const event = { type: 'ContentEvent', contentType: 'hosted/file', message: file } as const;
    const log = new LogWriter();
    log.add({ kind: 'message-submitted', clientMessageId: 'm1', dialogId: MAIN, event });

    expect(layoutTimeline(itemsOf(log)).map(words)).toEqual(['consumer>bridge send file “My shoe”']);
  });

  it('lights everything that belongs to the chosen item, and nothing else', () => {
    const log = wholeStory().agentSays(5, 'Hello').submitted('m2', 'Other');
    log.add(publish(text('Other'), 6, START + 8_500));
    const steps = layoutTimeline(itemsOf(log));
    const receipt = steps.find((step) => step.title === 'webhook ACCEPT 3')!;

    const lit = relatedSteps(steps, receipt.itemId);

    expect(steps.filter((step) => lit.has(step.id)).map(({ title }) => title)).toEqual([
      'write',
      'ContentEvent',
      '200 · sequence 3',
      'webhook ContentEvent',
      'ACCEPT 3',
      'webhook ACCEPT 3',
      'accepted',
    ]);
    expect(chosenKeys(steps, receipt.itemId)).toContain(`${MAIN}/3`);
    expect(relatedSteps(steps, null).size).toBe(0);
  });

  it('keeps two messages with the same text apart', () => {
    const log = new LogWriter().submitted('m1', 'ok');
    log.add(publish(text('ok'), 1, START + 1_100));
    log.submitted('m2', 'ok');
    log.add(publish(text('ok'), 2, START + 3_100));
    const steps = layoutTimeline(itemsOf(log));

    const lit = relatedSteps(steps, steps[0]!.itemId);

    expect(steps.map((step) => lit.has(step.id))).toEqual([true, true, true, false, false, false]);
  });

  it('joins a message with the call whose answer never came', () => {
    const log = new LogWriter().submitted('m1', 'lost');
    log.add(publish(text('lost'), null, START + 1_100));
    const steps = layoutTimeline(itemsOf(log));

    expect(relatedSteps(steps, steps[0]!.itemId).size).toBe(3);
    expect(steps.at(-1)?.title).toBe('no answer');
  });

  it('names the message that a refused call carried, and the one that a call carries without an answer yet', () => {
    const log = new LogWriter().submitted('m1', 'refused');
    const refusal = { status: 400, headers: {}, body: { code: 'BAD_REQUEST' } };
    log.add({ ...publish(text('refused'), null, START + 1_100), response: refusal });
    log.failed('m1').submitted('m2', 'under way').submitted('m3', 'under way');
    const call = (at: number) =>
      waitingCall({ ...publish(text('under way'), null, START + at), conversationId: CONVERSATION });
    const calls = [call(6_000), call(6_001)];

    const steps = layoutTimeline(itemsOf(log), undefined, { uploads: [], calls });

    expect(chosenKeys(steps, 2)).toEqual(['m1']);
    expect(calls.map(({ id }) => chosenKeys(steps, id))).toEqual([['m2'], ['m3']]);
  });

  it('brings what the history has to the screen, and nothing where it has nothing', () => {
    const log = new LogWriter();
    const read = (records: readonly object[], at: number) => {
      const response = { status: 200, headers: {}, body: { conversationHistoryRecords: records } };
      log.add({ ...publish({}, null, at), summary: 'history of the conversation', response });
    };
    read([{ info: {} }], START);
    read([], START + 5_000);

    const shown = layoutTimeline(itemsOf(log)).filter(({ to }) => to === 'consumer');

    expect(shown.map(words)).toEqual(['bridge>consumer history in the chat']);
  });

  it('draws an answer that never came as lost, and a refusal as an answer that failed', () => {
    const log = new LogWriter();
    log.add(publish(text('lost'), null, START));
    const refusal = { status: 400, headers: {}, body: {} };
    log.add({ ...publish(text('refused'), null, START + 5_000), response: refusal });
    const answers = layoutTimeline(itemsOf(log)).filter((step) => step.from === 'cloud');

    expect(answers.map(({ tone }) => tone)).toEqual(['lost', 'failed']);
  });

  it('shows what the consumer tells without a message as the consumer’s', () => {
    const log = new LogWriter();
    log.add(publish({ type: 'ChatStateEvent', chatState: 'GONE' }, 0, START));
    log.add(publish({ type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1, 2] }, 7, START + 100));

    const own = layoutTimeline(itemsOf(log)).filter((step) => step.from === 'consumer');

    expect(own.map(words)).toEqual(['consumer>bridge GONE', 'consumer>bridge READ 1, 2']);
  });

  it('never shows the consumer what is for agents only', () => {
    const log = new LogWriter().agentSays(0, 'psst', { audience: 'AGENTS_AND_MANAGERS' });

    expect(layoutTimeline(itemsOf(log)).map(({ to }) => to)).toEqual(['cloud', 'bridge']);
  });

  it('is the same in whatever order the items are given', () => {
    const items = itemsOf(wholeStory());

    expect(layoutTimeline(items.toReversed())).toEqual(layoutTimeline(items));
  });
});
