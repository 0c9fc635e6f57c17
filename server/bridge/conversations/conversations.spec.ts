import type { ConversationList, ConversationView } from '#protocol/bridge-api';
import { asDialogId } from '#protocol/identifiers';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('conversations', () => {
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
  const path = ({ conversationId }: ConversationView, action: string): string =>
    `/api/conversations/${conversationId}/${action}`;

  it('are opened with what the person chose, as the Connector API wants it', async () => {
    const { client_id: appKey } = await browser.connectorApp();
    const options = {
      features: ['RICH_CONTENT', 'QUICK_REPLIES'],
      skillId: '12',
      campaign: { campaignId: '99999', engagementId: '888888' },
      urgency: 'URGENT',
      language: 'de-DE',
      contextType: 'SharkContext',
      engagementAttributes: [{ type: 'ctmrinfo', info: { ctype: 'vip' } }],
    };

    const answer = await browser.post('/api/conversations', {
      appKey,
      consumer: { name: 'Kim', externalId: 'kim-1' },
      options,
    });

    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      conversationId: jasmine.stringMatching(/^[0-9a-f-]{36}$/),
      appKey,
      consumer: { name: 'Kim', externalId: 'kim-1', consumerId: jasmine.stringMatching(/^[0-9a-f]{64}$/) },
      options,
      openedAt: now,
    });
    const opening = calls('/messaging/consumer/conversation?v=3')[0];
    expect(opening?.headers['client-properties']).toBe(
      '{"type":".ClientProperties","features":["RICH_CONTENT","QUICK_REPLIES"]}',
    );
    expect(opening?.headers.authorization).toMatch(/^ey/);
    expect(JSON.parse(opening?.body ?? '')).toEqual([
      jasmine.objectContaining({
        kind: 'req',
        type: 'userprofile.SetUserProfile',
        body: jasmine.objectContaining({
          firstName: 'Kim',
          authenticatedData: { lp_sdes: options.engagementAttributes },
        }),
      }),
      jasmine.objectContaining({
        kind: 'req',
        type: 'cm.ConsumerRequestConversation',
        body: {
          brandId: 'demo',
          channelType: 'MESSAGING',
          skillId: '12',
          ttrDefName: 'URGENT',
          campaignInfo: options.campaign,
          conversationContext: { type: 'SharkContext', lang: 'de-DE', features: options.features },
        },
      }),
    ]);
  });

  it('are listed by app, newest first, and read one by one', async () => {
    const first = await browser.openConversation('Kim');
    now += 1000;
    const second = await browser.openConversation('Ana');

    const list = (await browser.get(`/api/conversations?app=${first.appKey}`)).body as ConversationList;

    expect(list.conversations).toEqual([second, first]);
    expect((await browser.get('/api/conversations?app=other')).body).toEqual({ conversations: [] });
    expect((await browser.get(`/api/conversations/${first.conversationId}`)).body).toEqual(first);
  });

  it('put every call that opened them into their own log', async () => {
    using events = browser.events();
    const { conversationId } = await browser.openConversation();

    await events.until(() => events.of('conversation-opened')[0]);

    const exchanges = events.of('exchange').filter((entry) => entry.conversationId === conversationId);
    expect(exchanges.map(({ service }) => service)).toEqual(['sentinel', 'idp', 'asyncMessagingEnt']);
  });

  it('are one per consumer: a second one is refused', async () => {
    await browser.openConversation('Kim', 'kim-1');
    const { client_id: appKey } = await browser.connectorApp();
    const { options } = await browser.openConversation('Other');

    const answer = await browser.post('/api/conversations', {
      appKey,
      consumer: { name: 'Kim', externalId: 'kim-1' },
      options,
    });

    expect(answer.status).toBe(409);
    expect(answer.problem()).toEqual(
      jasmine.objectContaining({
        code: 'already-open',
        upstream: jasmine.objectContaining({
          service: 'asyncMessagingEnt',
          status: 400,
          code: 'BAD_REQUEST',
        }),
      }),
    );
  });

  it('are not opened by a disabled app', async () => {
    const { options } = await browser.openConversation();
    const disabled = (await browser.installations()).find(({ enabled }) => !enabled);

    const answer = await browser.post('/api/conversations', {
      appKey: disabled?.client_id,
      consumer: { name: 'Kim' },
      options,
    });

    expect(answer.status).toBe(409);
    expect(answer.problem().code).toBe('app-disabled');
  });

  it('are opened in the emulator though messaging is off: how an account refuses them is not documented', async () => {
    const answer = await fetch(`${world.emulator.origin}/emulator/control/accounts/demo`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ isMessagingEnabled: false }),
    });
    expect(answer.status).toBe(200);

    expect((await browser.openConversation()).conversationId).not.toBe('');
  });

  it('are not opened by an app that is not there', async () => {
    const { options } = await browser.openConversation();

    const answer = await browser.post('/api/conversations', {
      appKey: 'nope',
      consumer: { name: 'Kim' },
      options,
    });

    expect(answer.problem().code).toBe('unknown-app');
  });

  for (const appKey of ['.', '..']) {
    it(`are not opened by an app ${appKey}, which would name another address of the cloud`, async () => {
      const { options } = await browser.openConversation();
      const { length } = world.wire.seen;

      const answer = await browser.post('/api/conversations', { appKey, consumer: { name: 'Kim' }, options });

      expect([answer.status, answer.problem().code]).toEqual([404, 'unknown-app']);
      expect(world.wire.seen.slice(length)).toEqual([]);
    });
  }

  it('belong to who opened them', async () => {
    const conversation = await browser.openConversation();
    const other = new TestBrowser(world.bridge.origin);
    await other.post('/api/sign-in', { account: 'demo', loginName: 'lpa', password: 'demo-lpa' });

    expect((await other.get(`/api/conversations/${conversation.conversationId}`)).problem().code).toBe(
      'unknown-conversation',
    );
    expect((await other.send(conversation, 'hi', 'm1')).problem().code).toBe('unknown-conversation');
    expect((await other.get('/api/conversations')).body).toEqual({ conversations: [] });
  });

  it('tell of a refusal that came with status 200', async () => {
    const conversation = await browser.openConversation();
    const refusal = { reqId: '1', code: 'BAD_REQUEST', body: { msg: 'not like this' } };
    world.wire.interfere(({ url }) =>
      url.includes('/send') ? { kind: 'answer', status: 200, body: refusal } : { kind: 'pass' },
    );

    const answer = await browser.send(conversation, 'hi', 'm1');

    expect(answer.problem().code).toBe('upstream-rejected');
    expect(answer.problem().detail).toContain('not like this');
  });

  it('are not opened by an answer that lacks their id, which is told and kept nowhere', async () => {
    const { appKey, consumer, options } = await browser.openConversation();
    const results = [
      { reqId: '1', code: 'OK' },
      { reqId: '2', code: 'OK', body: {} },
    ];
    for (const body of [results, results.slice(0, 1)]) {
      world.wire.interfere(({ url }) =>
        url.includes('/messaging/consumer/conversation?')
          ? { kind: 'answer', status: 200, body }
          : { kind: 'pass' },
      );

      const answer = await browser.post('/api/conversations', {
        ...{ appKey, options },
        consumer: { name: consumer.name, externalId: 'somebody-else' },
      });

      expect(answer.status).toBe(502);
      expect(answer.problem().code).toMatch(/^upstream-(failed|rejected)$/);
    }
    const { conversations } = (await browser.get('/api/conversations')).body as ConversationList;
    expect(conversations.length).toBe(1);
  });

  it('close the main dialog alone when a survey may follow', async () => {
    const conversation = await browser.openConversation();

    const answer = await browser.post(path(conversation, 'close'), { mode: 'survey' });

    expect(answer.status).toBe(204);
    expect(calls('/send').at(-1)?.body).toContain('"field":"DialogChange"');
  });

  it('take chat states and receipts and remember that the cloud took them', async () => {
    const conversation = await browser.openConversation();
    using events = browser.events();
    const dialogId = asDialogId(conversation.conversationId);

    const state = await browser.post(path(conversation, 'chat-state'), { dialogId, chatState: 'COMPOSING' });
    const receipt = await browser.post(path(conversation, 'accept-status'), {
      dialogId,
      status: 'READ',
      sequenceList: [0],
    });

    expect([state.status, receipt.status]).toEqual([204, 204]);
    const published = await events.until(
      () => events.of('event-published').length === 2 && events.of('event-published'),
    );
    expect(published.map(({ event }) => event)).toEqual([
      { type: 'ChatStateEvent', chatState: 'COMPOSING' },
      { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] },
    ]);
  });

  it('refuse what is no chat state or receipt', async () => {
    const conversation = await browser.openConversation();
    const dialogId = conversation.conversationId;

    const wrong = [
      await browser.post(path(conversation, 'chat-state'), { dialogId, chatState: 'DANCING' }),
      await browser.post(path(conversation, 'accept-status'), { dialogId, status: 'READ', sequenceList: [] }),
      await browser.post(path(conversation, 'accept-status'), {
        dialogId,
        status: 'READ',
        sequenceList: [-1],
      }),
      await browser.post(path(conversation, 'receipts'), {
        dialogId,
        status: 'READ',
        sequenceList: [2 ** 53],
      }),
      await browser.post(path(conversation, 'close'), { mode: 'maybe' }),
    ];

    expect(wrong.map((answer) => answer.problem().code)).toEqual(Array(5).fill('invalid-request'));
  });

  it('are closed, which their notification tells, and take no message after that', async () => {
    const conversation = await browser.openConversation();
    using events = browser.events();

    const answer = await browser.post(path(conversation, 'close'), { mode: 'close' });
    await events.until(() =>
      events.conversationChanges.find(({ result }) => result.conversationDetails.stage === 'CLOSE'),
    );
    const late = await browser.send(conversation, 'still there?', 'm9');

    expect(answer.status).toBe(204);
    expect(late.status).toBe(409);
    expect(late.problem().code).toBe('conversation-closed');
  });

  it('answer a state that goes out by itself with what came of it, one by hand with the refusal', async () => {
    const conversation = await browser.openConversation();
    using events = browser.events();
    const state = { dialogId: conversation.conversationId, chatState: 'GONE' };

    const early = await browser.post(path(conversation, 'automatic-chat-state'), state);
    await browser.post(path(conversation, 'close'), { mode: 'close' });
    await events.until(() =>
      events.conversationChanges.find(({ result }) => result.conversationDetails.stage === 'CLOSE'),
    );
    const late = await browser.post(path(conversation, 'automatic-chat-state'), state);
    const byHand = await browser.post(path(conversation, 'chat-state'), state);

    expect([early, late].map(({ status, body }) => [status, body])).toEqual([
      [200, { outcome: 'told' }],
      [200, { outcome: 'refused' }],
    ]);
    expect(byHand.problem().code).toBe('conversation-closed');
  });
});
