import { DEFAULT_CONVERSATION_OPTIONS } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('the tokens with which conversations speak', () => {
  let world: World;
  let browser: TestBrowser;
  let now = Date.now();
  beforeEach(async () => {
    now = Date.now();
    world = await startWorld({ parts: { now: () => now } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const calls = (part: string) => world.wire.seen.filter(({ url }) => url.includes(part));

  it('are asked for once per app, and again five minutes before it runs out', async () => {
    const conversation = await browser.openConversation();
    await browser.send(conversation, 'one', 'm1');
    expect(calls('/app/token').length).toBe(1);
    now += 54 * 60 * 1000;
    await browser.send(conversation, 'two', 'm2');
    expect(calls('/app/token').length).toBe(1);
    now += 2 * 60 * 1000;

    expect((await browser.send(conversation, 'three', 'm3')).status).toBe(201);

    // Beside the message, which still goes out with the token that is held.
    while (calls('/app/token').length < 2) await new Promise(setImmediate);
    expect(calls('/consumer?').length).toBe(1);
  });

  it('hold up no message while the cloud fails to renew one that is still good', async () => {
    const conversation = await browser.openConversation();
    world.wire.interfere(({ url }) =>
      url.includes('/app/token') ? { kind: 'answer', status: 503 } : { kind: 'pass' },
    );
    now += 56 * 60 * 1000;

    expect((await browser.send(conversation, 'one', 'm1')).status).toBe(201);

    while (calls('/app/token').length < 2) await new Promise(setImmediate);
    expect((await browser.send(conversation, 'two', 'm2')).status).toBe(201);
    // The next try comes after the five seconds that the vendor asks for.
    expect(calls('/app/token').length).toBe(2);
  });

  it('leave no doubt when the cloud fails to give one: the message was not sent, and may be sent again', async () => {
    const conversation = await browser.openConversation();
    now += 61 * 60 * 1000;
    world.wire.interfere(({ url }) =>
      url.includes('/app/token') ? { kind: 'answer', status: 503 } : { kind: 'pass' },
    );
    expect((await browser.send(conversation, 'one', 'm1')).problem().code).toBe('upstream-failed');
    world.wire.interfere(() => ({ kind: 'pass' }));

    expect((await browser.send(conversation, 'one', 'm1')).status).toBe(201);

    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-failed').map(({ isAnswerMissing }) => isAnswerMissing)).toEqual([false]);
    expect(calls('/send').length).toBe(1);
  });

  it('are got with the app’s secret in a form, never in a URL', async () => {
    await browser.openConversation();

    const [token] = calls('/app/token');
    expect(token?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(token?.body).toMatch(/^client_id=[^&]+&client_secret=[^&]+$/);
    expect(token?.url).not.toContain('client_secret');
  });

  it('are asked for once when many requests want one at the same time', async () => {
    await browser.connectorApp();

    await Promise.all(['Kim', 'Ana', 'Bo'].map((name) => browser.openConversation(name)));

    expect(calls('/app/token').length).toBe(1);
  });

  const gatewayError = (errorCode: number) => ({
    kind: 'resp',
    code: 401,
    body: { title: 'Invalid', details: 'expired or invalid', errorCode },
    type: '.ReqBody$ErrorResp',
  });
  for (const [errorCode, renewed] of [
    [40102, '/app/token'],
    [40103, '/consumer?'],
  ] as const) {
    it(`are renewed when error ${errorCode} names them, and the call is repeated once`, async () => {
      const conversation = await browser.openConversation();
      let isRefused = false;
      world.wire.interfere(({ url }) => {
        if (isRefused || !url.includes('/send')) return { kind: 'pass' };
        isRefused = true;
        return { kind: 'answer', status: 401, body: gatewayError(errorCode) };
      });

      expect((await browser.send(conversation, 'hi', 'm1')).status).toBe(201);

      expect(calls('/send').length).toBe(2);
      expect(calls(renewed).length).toBe(2);
      using events = browser.events();
      await events.event('caught-up');
      const sent = events.of('exchange').filter(({ request }) => request.url.includes('/send'));
      expect(sent.map(({ attempt, response }) => [attempt, response?.status])).toEqual([
        [1, 401],
        [2, 200],
      ]);
    });
  }

  it('are given up when a new one is refused too, with what the cloud said', async () => {
    const conversation = await browser.openConversation();
    world.wire.interfere(({ url }) =>
      url.includes('/send') ? { kind: 'answer', status: 401, body: gatewayError(40102) } : { kind: 'pass' },
    );

    const answer = await browser.send(conversation, 'hi', 'm1');

    expect(answer.problem()).toEqual(
      jasmine.objectContaining({
        code: 'token-refused',
        upstream: jasmine.objectContaining({
          service: 'asyncMessagingEnt',
          status: 401,
          code: '40102',
          message: 'expired or invalid',
        }),
      }),
    );
    expect(calls('/send').length).toBe(2);
  });

  it('are got with the newest secret when it was rotated', async () => {
    const app = await browser.connectorApp();
    // What the list said is older than what the cloud checks: as after a rotation elsewhere.
    const old = { ...app, client_secret: 'the-secret-before-it-was-rotated' };
    world.wire.interfere(() => ({ kind: 'answer', status: 200, body: [old] }));
    await browser.installations();
    world.wire.interfere(() => ({ kind: 'pass' }));

    const answer = await browser.post('/api/conversations', {
      appKey: app.client_id,
      consumer: { name: 'Kim' },
      options: DEFAULT_CONVERSATION_OPTIONS,
    });

    expect(answer.status).toBe(201);
    const [first, second] = calls('/app/token');
    expect(first?.body).toContain('the-secret-before-it-was-rotated');
    expect(second?.body).not.toBe(first?.body ?? '');
  });

  it('are missing when the cloud refuses the app with its newest secret, and that is told', async () => {
    const { client_id: appKey } = await browser.connectorApp();
    const refusal = { error: 'invalid_client', error_description: 'no' };
    world.wire.interfere(({ url }) =>
      url.includes('/app/token') ? { kind: 'answer', status: 401, body: refusal } : { kind: 'pass' },
    );

    const answer = await browser.post('/api/conversations', {
      appKey,
      consumer: { name: 'Kim' },
      options: DEFAULT_CONVERSATION_OPTIONS,
    });

    expect(answer.problem()).toEqual(
      jasmine.objectContaining({
        code: 'token-refused',
        upstream: jasmine.objectContaining({
          service: 'sentinel',
          status: 401,
          code: 'invalid_client',
          message: 'no',
        }),
      }),
    );
    expect(calls('/app/token').length).toBe(1);
    expect(calls(`/installations/${appKey}`).length).toBe(1);
  });
});
