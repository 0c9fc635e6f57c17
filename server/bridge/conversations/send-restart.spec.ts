import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { ConversationView, InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import type { SeenRequest } from '../../testing/interposer.ts';
import { notification, textChange } from '../../testing/notifications.ts';
import { postWebhook } from '../../testing/post-webhook.ts';
import { startKillableWorld, type KillableWorld } from '../../testing/kill-test/killable-world.ts';
import type { StreamReader } from '../../testing/read-sse.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { partsFor, startWorld } from '../../testing/start-world.ts';

const isMessage = ({ url, body }: Pick<SeenRequest, 'url' | 'body'>): boolean =>
  url.includes('/send') && body.includes('ContentEvent');

const isTold = (events: StreamReader, clientMessageId: string) =>
  events.until(() => events.of('message-sent').find((sent) => sent.clientMessageId === clientMessageId));

describe('a message on its way when the bridge is killed', () => {
  let world: KillableWorld;
  let conversation: ConversationView;
  beforeEach(async () => {
    world = await startKillableWorld();
    conversation = await world.browser.openConversation();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const send = (text: string, id: string) => world.browser.send(conversation, text, id);
  const published = () => world.wire.seen.filter(isMessage).length;

  it('is sent when its echo had come, and is not published again', async () => {
    const isMet = world.meet(isMessage, { kind: 'silence-after' });
    {
      using events = world.browser.events();
      void send('hi', 'm1').catch(() => undefined);
      await isMet;
      await events.until(() => events.messages.find(({ event }) => event['message'] === 'hi'));
    }

    await world.restart();

    using events = world.browser.events();
    const { messageSequence } = await isTold(events, 'm1');
    const again = await send('hi', 'm1');
    expect([again.status, again.body]).toEqual([201, { messageSequence }]);
    expect(published()).toBe(1);
  });

  it('is settled by an echo that comes after the start', async () => {
    const isMet = world.meet(isMessage, { kind: 'silence' });
    const { id, client_id: appKey } = await world.browser.connectorApp();
    const answer = await world.browser.post(`/api/installations/${id}/secret`);
    const secret = (answer.body as InstallationSecret).clientSecret ?? '';
    void send('hi', 'm1').catch(() => undefined);
    await isMet;

    await world.restart();
    using events = world.browser.events();
    expect((await events.until(() => events.of('message-failed')[0])).isAnswerMissing).toBe(true);
    const { conversationId, consumer } = conversation;
    const origin = { role: 'CONSUMER', originatorId: consumer.consumerId };
    const echo = textChange({ ...origin, conversationId, text: 'hi', sequence: 7 });
    await postWebhook(world.bridge.origin, { appKey, secret, body: notification([echo]) });

    expect((await isTold(events, 'm1')).messageSequence).toBe(7);
    expect((await send('hi', 'm1')).body).toEqual({ messageSequence: 7 });
    expect(published()).toBe(1);
  });

  it('is told as not sent when it had not left yet, and may be sent again', async () => {
    // Tokens of apps are kept in memory only.
    await world.restart();
    const isMet = world.meet(({ url }) => url.includes('/app/token'), { kind: 'silence' });
    void send('hi', 'm1').catch(() => undefined);
    await isMet;

    await world.restart();

    using events = world.browser.events();
    const failed = await events.until(() => events.of('message-failed')[0]);
    expect([failed.clientMessageId, failed.isAnswerMissing]).toEqual(['m1', false]);
    expect(failed.problem.code).toBe('stopped-before-sending');
    expect(published()).toBe(0);
    expect((await send('hi', 'm1')).status).toBe(201);
    expect(published()).toBe(1);
  });

  it('leaves those that waited behind it unsent and unknown, free to be sent', async () => {
    const isMet = world.meet(isMessage, { kind: 'silence' });
    void send('first', 'm1').catch(() => undefined);
    await isMet;
    const waiting = send('second', 'm2').catch(() => 'broken off');
    await world.browser.get('/livez');

    await world.restart();

    expect(await waiting).toBe('broken off');
    using events = world.browser.events();
    await events.event('caught-up');
    expect(events.of('message-submitted').map(({ clientMessageId }) => clientMessageId)).toEqual(['m1']);
    expect((await send('second', 'm2')).status).toBe(201);
    expect(published()).toBe(2);
  });
});

describe('what became of a message and did not reach the log', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'untold-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  /** As when the bridge ends in the moment between. */
  const withoutLogOf = (kind: string): Disposable => {
    using database = new DatabaseSync(join(dataDir, 'events.sqlite'));
    database.exec(`CREATE TRIGGER no_word BEFORE INSERT ON entries WHEN NEW.kind = '${kind}'
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    return {
      [Symbol.dispose]: () => {
        using again = new DatabaseSync(join(dataDir, 'events.sqlite'));
        again.exec('DROP TRIGGER no_word');
      },
    };
  };

  for (const [kind, outcome, status] of [
    ['message-sent', 'sent', 200],
    ['message-failed', 'refused', 400],
    ['message-failed', 'lost', 500],
  ] as const) {
    it(`is told after the next start: ${outcome}`, async () => {
      await using world = await startWorld({ config: { dataDir } });
      const browser = new TestBrowser(world.bridge.origin);
      await browser.signInToDemo();
      const conversation = await browser.openConversation();
      if (status !== 200)
        world.wire.interfere((request) =>
          isMessage(request) ? { kind: 'answer', status } : { kind: 'pass' },
        );
      {
        using silence = withoutLogOf(kind);
        await browser.send(conversation, 'hi', 'm1');
        expect(silence).toBeDefined();
      }

      await world.bridge[Symbol.asyncDispose]();
      await using next = await startTestBridge(partsFor(world.wire.origin), { dataDir });

      const reader = new TestBrowser(next.origin);
      reader.takeCookieOf(browser);
      using events = reader.events();
      await events.event('caught-up');
      const told = [...events.of('message-sent'), ...events.of('message-failed')];
      expect(told.map((entry) => [entry.kind, entry.clientMessageId])).toEqual([[kind, 'm1']]);
      expect(events.of('message-failed').map(({ isAnswerMissing }) => isAnswerMissing)).toEqual(
        outcome === 'sent' ? [] : [outcome === 'lost'],
      );
    });
  }

  it('is told after the next start: a message that was on its way when the bridge was stopped', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const conversation = await browser.openConversation();
    world.wire.interfere((request) => (isMessage(request) ? { kind: 'silence' } : { kind: 'pass' }));
    const sending = browser.send(conversation, 'hi', 'm1').catch(() => 'broken off');
    {
      using events = browser.events();
      await events.until(() => events.of('message-submitted')[0]);
    }

    await world.bridge[Symbol.asyncDispose]();
    await using next = await startTestBridge(partsFor(world.wire.origin), { dataDir });

    expect(await sending).toBe('broken off');
    const reader = new TestBrowser(next.origin);
    reader.takeCookieOf(browser);
    using events = reader.events();
    await events.event('caught-up');
    expect(events.of('message-failed').map(({ isAnswerMissing }) => isAnswerMissing)).toEqual([true]);
    expect((await reader.send(conversation, 'hi', 'm1')).problem().code).toBe('answer-lost');
    expect(world.wire.seen.filter(isMessage).length).toBe(1);
  }, 15_000);
});
