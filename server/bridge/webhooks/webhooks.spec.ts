import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';

import type { InstallationSecret } from '#protocol/bridge-api';
import { asUserId } from '#protocol/identifiers';

import { TestBrowser } from '../../testing/browser.ts';
import {
  chatStateChange,
  conversationChange,
  notification,
  textChange,
} from '../../testing/notifications.ts';
import { postWebhook, webhookHeaders } from '../../testing/post-webhook.ts';
import type { StreamReader } from '../../testing/read-sse.ts';
import { CHAT_STATE_BODY, CLOSE_BODY, EMOJI_BODY } from '../../testing/recorded-notifications.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('receiving webhooks', () => {
  let world: World;
  let browser: TestBrowser;
  let appKey = '';
  let secret = '';
  beforeEach(async () => {
    world = await startWorld();
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const app = await browser.connectorApp();
    appKey = app.client_id;
    const answer = await browser.post(`/api/installations/${app.id}/secret`);
    secret = String((answer.body as InstallationSecret).clientSecret);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const post = (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
    postWebhook(world.bridge.origin, { body, appKey, secret, headers });
  /** Everything that is in the log now. */
  const log = async (): Promise<StreamReader> => {
    const reader = browser.events();
    await reader.event('caught-up');
    return reader;
  };

  for (const [name, body] of Object.entries({ CHAT_STATE_BODY, CLOSE_BODY, EMOJI_BODY })) {
    it(`takes the recorded ${name} byte for byte and answers "OK"`, async () => {
      const answer = await post(body);

      expect(answer.status).toBe(200);
      expect(await answer.json()).toBe('OK');
      using events = await log();
      expect(events.of('notification').map(({ change }) => change)).toEqual(
        (JSON.parse(body) as { body: { changes: never[] } }).body.changes,
      );
    });
  }

  it('keeps what came with it: signature, size, headers with private values masked', async () => {
    const body = notification([textChange({ text: 'é 😀' })]);

    await post(body, { 'x-my-secret': 'sesame', authorization: 'Basic c2VzYW1l' });

    using events = await log();
    const [entry] = events.of('notification');
    expect(entry).toEqual(
      jasmine.objectContaining({
        kind: 'notification',
        appKey: jasmine.any(String),
        type: 'ms.MessagingEventNotification',
        changeIndex: 0,
        changeCount: 1,
        signature: 'valid',
        sizeBytes: Buffer.byteLength(body),
        handledMs: jasmine.any(Number),
      }),
    );
    expect(entry?.headers['content-type']).toBe('application/json');
    expect(entry?.headers['x-my-secret']).toBe('•••');
    expect(JSON.stringify(entry)).not.toContain('sesame');
    expect(JSON.stringify(entry)).not.toContain('c2VzYW1l');
  });

  it('keeps members and headers whose name means more than a name', async () => {
    const body = notification([textChange({ text: 'odd' })]).replace(
      '"changes":[{',
      '"changes":[{"__proto__":{"isAdmin":true},"constructor":1,',
    );

    const headers = {
      ...webhookHeaders({ body, appKey, secret }),
      ['__proto__']: 'sesame',
      Constructor: 'x',
    };
    // A browser's `fetch` would leave the header out.
    const posting = request(`${world.bridge.origin}/notifications/event`, { method: 'POST', headers }).end(
      body,
    );
    const [answer] = (await once(posting, 'response')) as [IncomingMessage];
    expect(answer.resume().statusCode).toBe(200);

    using events = await log();
    const [entry] = events.of('notification');
    expect(JSON.stringify(entry?.change)).toContain('{"__proto__":{"isAdmin":true},"constructor":1,');
    expect(JSON.stringify(entry?.headers)).toContain('"__proto__":"•••"');
    expect(entry?.headers['constructor']).toBe('•••');
  });

  it('takes every change of a notification', async () => {
    await post(notification([0, 1, 2].map((sequence) => textChange({ sequence, text: `m${sequence}` }))));

    using events = await log();
    const entries = events.of('notification');
    expect(entries.map(({ changeIndex, changeCount }) => [changeIndex, changeCount])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(new Set(entries.map(({ deliveryId }) => deliveryId)).size).toBe(1);
  });

  it('keeps kinds of events that it does not know', async () => {
    const answer = await post(notification([{ anything: { goes: true } }], 'xx.NewNotification'));

    expect(answer.status).toBe(200);
    using events = await log();
    expect(
      events.of('notification').map(({ type, change, conversationId }) => [type, change, conversationId]),
    ).toEqual([['xx.NewNotification', { anything: { goes: true } }, null]]);
  });

  it('keeps changes whose members are of types that nobody expects', async () => {
    const { result, ...state } = conversationChange('c1', 'kim');
    const { conversationDetails } = result;
    const unprintable = { toString: 1, valueOf: 1 };
    const changes = [
      { ...textChange({ sequence: 1, role: 'CONSUMER' }), conversationId: {} },
      { ...textChange({ sequence: 2, role: 'CONSUMER' }), originatorMetadata: 'CONSUMER' },
      { ...textChange({ role: 'CONSUMER' }), sequence: 1e308 },
      { ...textChange({ role: 'CONSUMER' }), sequence: {} },
      { ...textChange({ role: 'CONSUMER' }), sequence: null },
      { ...textChange({ sequence: 3 }), serverTimestamp: unprintable },
      {
        ...state,
        result: {
          ...result,
          conversationDetails: { ...conversationDetails, metaDataLastUpdateTs: unprintable },
        },
      },
    ];

    const answer = await post(notification(changes));

    expect(answer.status).toBe(200);
    using events = await log();
    expect(events.of('notification').map(({ change }) => change)).toEqual(changes);
  });

  it('shows a redelivered event once, and a repeated chat state as often as it comes', async () => {
    const message = notification([textChange({ sequence: 7 })]);
    const state = notification([conversationChange('c1', 'x', 5)], 'cqm.ExConversationChangeNotification');
    const typing = notification([chatStateChange()]);
    for (const body of [message, state, typing, message, state, typing]) await post(body);

    using events = await log();

    expect(events.messages.map(({ event }) => event.type)).toEqual([
      'ContentEvent',
      'ChatStateEvent',
      'ChatStateEvent',
    ]);
    expect(events.conversationChanges.length).toBe(1);
  });

  it('tells how often an event was delivered again, in one entry however often that is', async () => {
    const body = notification([textChange({ sequence: 7 })]);
    for (let delivery = 0; delivery < 6; delivery += 1) await post(body);

    using events = await log();

    const [original] = events.of('notification');
    expect(events.of('webhook-duplicate').map(({ original: of, count }) => [of, count])).toEqual([
      [original?.sequence ?? 0, 5],
    ]);
  });

  it('takes two states of a conversation with the same time of change for two', async () => {
    for (const consumer of ['x', 'y']) {
      await post(
        notification([conversationChange('c1', consumer, 5)], 'cqm.ExConversationChangeNotification'),
      );
    }

    using events = await log();
    expect(events.conversationChanges.length).toBe(2);
  });

  const forged = [
    {
      what: 'a body that was changed on the way',
      reason: 'body-differs',
      post: () => post(notification([]), { 'x-liveperson-signature': 'sha1=e/TfS0wv1HbvEsMqcBMmFLcMslI=' }),
    },
    {
      what: 'a signature in hex',
      reason: 'encoding-unexpected',
      post: () => post('{}', { 'x-liveperson-signature': `sha1=${'0'.repeat(40)}` }),
    },
    {
      what: 'an unknown algorithm',
      reason: 'algorithm-unknown',
      post: () => post('{}', { 'x-liveperson-signature': 'md5=abcd' }),
    },
    {
      what: 'no signature',
      reason: 'header-missing',
      post: () => post('{}', { 'x-liveperson-signature': '' }),
    },
    {
      what: 'an app nobody knows',
      reason: 'unknown-app',
      post: () => post('{}', { 'x-liveperson-client-id': 'other' }),
    },
  ] as const;
  for (const { what, reason, post: send } of forged) {
    it(`refuses ${what} with 401 and tells the sender nothing, the administrator ${reason}`, async () => {
      const answer = await send();

      const text = await answer.text();
      expect(answer.status).toBe(401);
      expect(text).not.toContain(reason);
      expect(JSON.parse(text)).toEqual(jasmine.objectContaining({ code: 'signature-refused' }));
      using events = await log();
      expect(events.of('notification')).toEqual([]);
      expect(events.of('notification-refused').map((entry) => [entry.reason, entry.status])).toEqual([
        [reason, 401],
      ]);
    });
  }

  it('tells when another app’s secret was used', async () => {
    const other = (await browser.installations()).find((app) => app.client_id !== appKey);

    await post('{}', { 'x-liveperson-client-id': String(other?.client_id) });

    using events = await log();
    expect(events.of('notification-refused').map(({ reason }) => reason)).toEqual(['other-apps-secret']);
  });

  it('keeps no log of accounts that nobody here works with', async () => {
    const answer = await post('{}', { 'x-liveperson-account-id': 'demo-unknown' });

    expect(answer.status).toBe(401);
    const other = new TestBrowser(world.bridge.origin);
    await other.post('/api/sign-in', { account: 'demo-unknown', loginName: 'admin', password: 'demo-admin' });
    using events = other.events();
    await events.event('caught-up');
    expect(events.of('notification-refused')).toEqual([]);
  });

  it('refuses signed nonsense with 400 and says so in the log', async () => {
    const bodies = [
      '{"kind":',
      '"text"',
      '{}',
      '{"type":"t","body":{"changes":[1]}}',
      Uint8Array.of(0x22, 0xff, 0x22),
    ];
    const statuses = [];
    for (const body of bodies) statuses.push((await post(body)).status);

    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    using events = await log();
    expect(events.of('notification-refused').map(({ reason }) => reason)).toEqual([
      'invalid-json',
      'not-a-notification',
      'not-a-notification',
      'not-a-notification',
      'invalid-json',
    ]);
  });

  it('refuses more than a megabyte and takes one below', async () => {
    const large = notification([textChange({ text: 'x'.repeat(1024 * 1024) })]);
    const below = notification([textChange({ text: 'x'.repeat(1024 * 1000) })]);

    expect((await post(large)).status).toBe(413);
    expect((await post(below)).status).toBe(200);
  });

  it('inflates nothing', async () => {
    const answer = await post(gzipSync(notification([textChange()])), { 'content-encoding': 'gzip' });

    expect(answer.status).toBe(415);
  });

  it('takes only POST', async () => {
    expect(
      (await fetch(`${world.bridge.origin}/notifications/event`, { method: 'PUT', body: '{}' })).status,
    ).toBe(404);
  });

  it('files events under the conversation and its owner', async () => {
    const { conversationId } = await browser.openConversation();
    const stranger = new TestBrowser(world.bridge.origin);
    await stranger.post('/api/sign-in', { account: 'demo', loginName: 'lpa', password: 'demo-lpa' });
    await post(notification([textChange({ conversationId, sequence: 99, text: 'for Kim alone' })]));
    await post(notification([textChange({ conversationId: 'of another channel', text: 'for everyone' })]));

    using own = await log();
    using others = stranger.events();
    await others.event('caught-up');

    const textsOf = (reader: StreamReader) => reader.messages.map(({ event }) => event['message']);
    expect(textsOf(own)).toEqual(jasmine.arrayContaining(['for Kim alone', 'for everyone']));
    expect(textsOf(others)).toEqual(['for everyone']);
  });

  it('finds the owner of events that overtake the answer which names their conversation', async () => {
    const { consumer, conversationId } = await browser.openConversation('Kim', 'kim-7');
    await browser.post(`/api/conversations/${conversationId}/close`, { mode: 'close' });
    const stranger = new TestBrowser(world.bridge.origin);
    const user = (
      await stranger.post('/api/sign-in', { account: 'demo', loginName: 'lpa', password: 'demo-lpa' })
    ).body;
    const early = 'conversation-not-yet-known';

    await post(
      notification([conversationChange(early, consumer.consumerId)], 'cqm.ExConversationChangeNotification'),
    );
    await post(notification([textChange({ conversationId: early, text: 'quick agent' })]));

    expect(user).not.toEqual(jasmine.objectContaining({ userId: asUserId('') }));
    using own = await log();
    using others = stranger.events();
    await others.event('caught-up');
    expect(own.messages.map(({ event }) => event['message'])).toContain('quick agent');
    expect(others.of('notification')).toEqual([]);
  });

  it('answers only after everything is stored', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, sequence) => {
        const { status } = await post(notification([textChange({ sequence })]));
        using events = await log();
        const isStored = events.messages.some((message) => message.sequence === sequence);
        return [status, isStored] as const;
      }),
    );

    expect(answers).toEqual(Array.from({ length: 40 }, () => [200, true] as const));
  });
});
