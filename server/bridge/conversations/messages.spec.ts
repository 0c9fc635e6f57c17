import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ConversationView } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { KillableBridge } from '../../testing/kill-test/killable-bridge.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('sending a message', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const published = () =>
    world.wire.seen.filter(({ url, body }) => url.includes('/send') && body.includes('ContentEvent'));

  it('twice with the same id publishes once and gives the first answer again', async () => {
    const first = await browser.send(conversation, 'hi', 'm1');
    const again = await browser.send(conversation, 'hi', 'm1');

    expect(first.status).toBe(201);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(published().length).toBe(1);
  });

  it('many times at once with the same id publishes once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => browser.send(conversation, 'hi', 'm1')),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(published().length).toBe(1);
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-submitted').length).toBe(1);
    expect(events.of('message-sent').length).toBe(1);
  });

  it('keeps the order in which messages were handed over', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);

    // Each request is on its way before the next one starts, none waits for the answer of another.
    const answers = [];
    for (const text of texts) {
      answers.push(browser.send(conversation, text, text.replace(' ', '-')));
      await new Promise(setImmediate);
    }
    await Promise.all(answers);

    expect(published().length).toBe(10);
    using events = browser.events();
    await events.event('caught-up');
    const sequences = events.of('message-sent').map(({ messageSequence }) => messageSequence);
    expect(sequences).toEqual(sequences.toSorted((left, right) => left - right));
  });

  it('refuses an id that was used for another text', async () => {
    await browser.send(conversation, 'hi', 'm1');

    const answer = await browser.send(conversation, 'something else', 'm1');

    expect(answer.problem().fields?.[0]?.path).toBe('clientMessageId');
    expect(published().length).toBe(1);
  });

  it('tells when the answer got lost, and never publishes again under this id', async () => {
    world.wire.interfere(({ url }) => (url.includes('/send') ? { kind: 'cut-before' } : { kind: 'pass' }));
    const lost = await browser.send(conversation, 'hi', 'm1');
    world.wire.interfere(() => ({ kind: 'pass' }));
    const again = await browser.send(conversation, 'hi', 'm1');

    expect(lost.status).toBe(504);
    expect([lost.problem().code, again.problem().code]).toEqual(['answer-lost', 'answer-lost']);
    expect(published().length).toBe(1);
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-failed')).toEqual([
      jasmine.objectContaining({
        clientMessageId: 'm1',
        isAnswerMissing: true,
        problem: jasmine.objectContaining({
          code: 'answer-lost',
          requestId: lost.headers.get('x-request-id') ?? '',
        }),
      }),
    ]);
  });

  it('that stands for one whose answer got lost is told as such, and published as another message', async () => {
    world.wire.interfere(({ url }) => (url.includes('/send') ? { kind: 'cut-before' } : { kind: 'pass' }));
    await browser.send(conversation, 'hi', 'm1');
    world.wire.interfere(() => ({ kind: 'pass' }));
    const content = { type: 'text', text: 'hi' };
    const { conversationId } = conversation;
    const again = { clientMessageId: 'm2', dialogId: conversationId, content, replaces: 'm1' };

    const answer = await browser.post(`/api/conversations/${conversationId}/messages`, again);

    expect(answer.status).toBe(201);
    using events = browser.events();
    await events.event('caught-up');
    expect(
      events.of('message-submitted').map((entry) => [entry.clientMessageId, entry.replaces ?? null]),
    ).toEqual([
      ['m1', null],
      ['m2', 'm1'],
    ]);
  });

  it('whose answer got lost counts as sent when its echo comes, early or late', async () => {
    world.wire.interfere(({ url, body }) =>
      url.includes('/send') && body.includes('lost') ? { kind: 'cut-after' } : { kind: 'pass' },
    );

    const lost = await browser.send(conversation, 'lost 😀', 'm1');

    using events = browser.events();
    const sent = await events.until(() =>
      events.of('message-sent').find(({ clientMessageId }) => clientMessageId === 'm1'),
    );
    const again = await browser.send(conversation, 'lost 😀', 'm1');
    expect([201, 504]).toContain(lost.status);
    expect([again.status, again.body]).toEqual([201, { messageSequence: sent.messageSequence }]);
    expect(published().length).toBe(1);
    const echo = events.messages.find(({ event }) => event['message'] === 'lost 😀');
    expect(echo?.sequence).toBe(sent.messageSequence);
  });

  it('whose answer got lost is not sent twice when its echo comes for another app only', async () => {
    const app = await browser.connectorApp();
    await browser.post('/api/installations', { installation: { ...app, client_name: 'Second' } });
    const untold = { ...app, capabilities: { ...app.capabilities, webhooks: {} } };
    await browser.call('PUT', `/api/installations/${app.id}`, {
      body: { installation: untold, revision: null },
    });
    world.wire.interfere(({ url, body }) =>
      url.includes('/send') && body.includes('lost') ? { kind: 'cut-after' } : { kind: 'pass' },
    );
    using events = browser.events();

    await browser.send(conversation, 'lost', 'm1');
    const sent = await events.until(() =>
      events.of('message-sent').find(({ clientMessageId }) => clientMessageId === 'm1'),
    );
    const again = await browser.send(conversation, 'lost', 'm1');

    const echoes = events
      .of('notification')
      .filter(({ change }) => JSON.stringify(change).includes('"lost"'));
    expect(echoes.map(({ appKey }) => appKey !== conversation.appKey)).toEqual([true]);
    expect([again.status, again.body]).toEqual([201, { messageSequence: sent.messageSequence }]);
    expect(published().length).toBe(1);
  });

  it('is not taken for sent by the echo of another message with the same text', async () => {
    world.wire.interfere(({ url, body }) =>
      url.includes('/send') && body.includes('ContentEvent') ? { kind: 'cut-before' } : { kind: 'pass' },
    );
    await browser.send(conversation, 'same', 'm1');
    world.wire.interfere(() => ({ kind: 'pass' }));
    using events = browser.events();

    await browser.send(conversation, 'same', 'm2');
    await events.until(() => events.messages.find(({ event }) => event['message'] === 'same'));
    const again = await browser.send(conversation, 'same', 'm1');

    expect(again.problem().code).toBe('answer-lost');
    expect(events.of('message-sent').map(({ clientMessageId }) => clientMessageId)).toEqual(['m2']);
  });

  it('treats a failure of the cloud as an open question too', async () => {
    world.wire.interfere(({ url }) =>
      url.includes('/send') ? { kind: 'answer', status: 503 } : { kind: 'pass' },
    );

    expect((await browser.send(conversation, 'hi', 'm1')).problem().code).toBe('upstream-failed');

    expect(published().length).toBe(1);
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-failed').map(({ isAnswerMissing }) => isAnswerMissing)).toEqual([true]);
  });

  it('may be tried again under the same id when the cloud refused it', async () => {
    const refusal = { reqId: '1', code: 'BAD_REQUEST', body: { msg: 'Bad Request' } };
    world.wire.interfere(({ url }) =>
      url.includes('/send') ? { kind: 'answer', status: 400, body: refusal } : { kind: 'pass' },
    );
    const refused = await browser.send(conversation, 'hi', 'm1');
    world.wire.interfere(() => ({ kind: 'pass' }));
    const again = await browser.send(conversation, 'hi', 'm1');

    expect(refused.status).toBe(422);
    expect(refused.problem()).toEqual(
      jasmine.objectContaining({
        code: 'upstream-rejected',
        upstream: jasmine.objectContaining({
          service: 'asyncMessagingEnt',
          status: 400,
          code: 'BAD_REQUEST',
          message: 'Bad Request',
        }),
      }),
    );
    expect(again.status).toBe(201);
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-submitted').length).toBe(1);
    expect(events.of('message-failed').map(({ isAnswerMissing }) => isAnswerMissing)).toEqual([false]);
    expect(events.of('message-sent').length).toBe(1);
  });

  it('waits a second when the cloud asks to slow down, and then goes on', async () => {
    let refusals = 0;
    world.wire.interfere(({ url }) => {
      if (!url.includes('/send') || refusals > 0) return { kind: 'pass' };
      refusals += 1;
      return { kind: 'answer', status: 429 };
    });

    expect((await browser.send(conversation, 'hi', 'm1')).status).toBe(201);

    using events = browser.events();
    await events.event('caught-up');
    const attempts = events
      .of('exchange')
      .filter(({ summary }) => summary === 'ms.PublishEvent ContentEvent');
    expect(attempts.map(({ attempt, response }) => [attempt, response?.status])).toEqual([
      [1, 429],
      [2, 200],
    ]);
  });

  it('checks the body before anything else', async () => {
    const target = `/api/conversations/${conversation.conversationId}/messages`;
    const good = { clientMessageId: 'm1', dialogId: 'd', content: { type: 'text', text: 'hi' } };

    const wrong = [
      { ...good, content: { type: 'text', text: '' } },
      { ...good, content: { type: 'video' } },
      { ...good, clientMessageId: 'a b' },
      { ...good, extra: true },
      { ...good, metadata: [[1, 2]] },
      [],
    ];
    for (const body of wrong) {
      expect((await browser.post(target, body)).problem().code).toBe('invalid-request');
    }
    expect(published()).toEqual([]);
  });
});

describe('a bridge that died while a message was on its way', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'died-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('says after its start that the answer is missing, and does not publish again', async () => {
    await using world = await startWorld();
    await using bridge = new KillableBridge(dataDir, world.wire.origin);
    await bridge.start();
    const browser = new TestBrowser(bridge.origin);
    await browser.signInToDemo();
    const conversation = await browser.openConversation();
    const { promise: isOnItsWay, resolve } = Promise.withResolvers<undefined>();
    world.wire.interfere(({ url }) => {
      if (!url.includes('/send')) return { kind: 'pass' };
      resolve(undefined);
      return { kind: 'silence' };
    });
    void browser.send(conversation, 'hi', 'm1').catch(() => undefined);
    await isOnItsWay;

    await bridge.kill();
    await bridge.start();
    using events = browser.events();

    const failed = await events.until(() => events.of('message-failed')[0]);
    expect([failed.clientMessageId, failed.isAnswerMissing]).toEqual(['m1', true]);
    expect((await browser.send(conversation, 'hi', 'm1')).problem().code).toBe('answer-lost');
  });
});
