import { asConversationId } from '#protocol/identifiers';
import type {
  ConversationHistory,
  ConversationList,
  ConversationTokens,
  ConversationView,
  InstallationAnswer,
} from '#protocol/bridge-api';
import { isConversationChange, isMessageChange, type MessageChange } from '#protocol/webhook-notification';

import { TestBrowser } from '../../testing/browser.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import { partsFor, startWorld, type World } from '../../testing/start-world.ts';

describe('the history of a conversation', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const read = (by = browser, id: string = conversation.conversationId) =>
    by.get(`/api/conversations/${id}/history`);
  const historyOf = async (by = browser): Promise<ConversationHistory> =>
    (await read(by)).body as ConversationHistory;
  const messagesOf = ({ changes }: ConversationHistory) =>
    [...(changes as Iterable<unknown>)].filter(isMessageChange);
  const textsOf = (history: ConversationHistory) => messagesOf(history).map(({ event }) => event['message']);

  it('holds messages with their sequences, who said what about them, and the state of the dialogs', async () => {
    using events = browser.events();
    await browser.send(conversation, 'Hello 😀', 'm1');
    await events.until(() =>
      events.messages.find(({ event, originatorMetadata }) => {
        return event.type === 'ContentEvent' && originatorMetadata?.role === 'ASSIGNED_AGENT';
      }),
    );

    const history = await historyOf();

    expect(history).toEqual(
      jasmine.objectContaining({
        isKnown: true,
        isPartial: false,
        consumer: { name: 'Kim', consumerId: conversation.consumer.consumerId },
        startedAt: jasmine.any(Number),
      }),
    );
    const webhooks = events.messages.filter(({ event }) => event.type === 'ContentEvent');
    const gist = ({ sequence, dialogId, event, serverTimestamp, originatorMetadata }: MessageChange) => ({
      ...{ sequence, dialogId, event, serverTimestamp },
      role: originatorMetadata?.role,
    });
    const told = messagesOf(history).map(gist);
    expect(webhooks.length).toBeGreaterThan(1);
    for (const webhook of webhooks) expect(told).toContain(gist(webhook));
    expect(history.changes).toContain(
      jasmine.objectContaining({
        event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] },
      }),
    );
    const [state] = [...(history.changes as Iterable<unknown>)].filter(isConversationChange);
    expect(state?.result.conversationDetails.dialogs?.map(({ dialogType }) => dialogType)).toEqual(['MAIN']);
    expect(state?.result.conversationDetails.stage).toBe('OPEN');
  });

  it('is asked for with the authority of the signed-in user, which no entry of the log shows', async () => {
    await read();

    const [call] = world.wire.seen.filter(({ url }) => url.includes('/messaging_history/'));
    const bearer = /^Bearer (\S+)$/.exec(call?.headers.authorization ?? '')?.[1] ?? '';
    expect(bearer).not.toBe('');
    using events = browser.events();
    await events.event('caught-up');
    const exchange = events.of('exchange').find(({ service }) => service === 'msgHist');
    expect(exchange?.conversationId).toBe(conversation.conversationId);
    expect(JSON.stringify(exchange)).not.toContain(bearer);
  });

  it('settles a message whose answer and echo both got lost', async () => {
    await loseWebhooks(world, 'ContentEvent');
    world.wire.interfere(({ url, body }) =>
      url.includes('/send') && body.includes('lost twice') ? { kind: 'cut-after' } : { kind: 'pass' },
    );
    const lost = await browser.send(conversation, 'lost twice', 'm1');
    expect(lost.problem().code).toBe('answer-lost');
    world.wire.interfere(() => ({ kind: 'pass' }));

    const history = await historyOf();

    expect(textsOf(history)).toContain('lost twice');
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-sent').map(({ clientMessageId }) => clientMessageId)).toEqual(['m1']);
    expect((await browser.send(conversation, 'lost twice', 'm1')).status).toBe(201);
  });

  it('does not settle a lost message by an older one of the same words', async () => {
    await browser.send(conversation, 'hi', 'm1');
    world.wire.interfere(({ url, body }) =>
      url.includes('/send') && body.includes('hi') ? { kind: 'cut-before' } : { kind: 'pass' },
    );
    await browser.send(conversation, 'hi', 'm2');
    world.wire.interfere(() => ({ kind: 'pass' }));

    await read();

    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-sent').map(({ clientMessageId }) => clientMessageId)).toEqual(['m1']);
  });

  it('can still be read when the app is disabled and messaging is off, and nothing new can be opened', async () => {
    await browser.send(conversation, 'said before', 'm1');
    const path = `/api/installations/${(await browser.connectorApp()).id}`;
    const { installation, revision } = (await browser.get(path)).body as InstallationAnswer;
    const disabled = { installation: { ...installation, enabled: false }, revision };
    expect((await browser.call('PUT', path, { body: disabled })).status).toBe(200);
    await fetch(`${world.emulator.origin}/emulator/control/accounts/demo`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ isMessagingEnabled: false }),
    });

    expect(textsOf(await historyOf())).toContain('said before');
    const { conversations } = (await browser.get('/api/conversations')).body as ConversationList;
    expect(conversations.map(({ conversationId }) => conversationId)).toContain(conversation.conversationId);
    const { options } = conversation;
    const opening = { appKey: installation.client_id, consumer: { name: 'Ana' }, options };
    expect((await browser.post('/api/conversations', opening)).problem().code).toBe('app-disabled');
  });

  it('is there for a conversation that another server opened', async () => {
    await browser.send(conversation, 'from the other server', 'm1');
    await using other = await startTestBridge(partsFor(world.wire.origin));
    const elsewhere = new TestBrowser(other.origin);
    await elsewhere.signInToDemo();

    const history = await historyOf(elsewhere);

    expect(textsOf(history)).toContain('from the other server');
    expect(history.consumer?.consumerId).toBe(conversation.consumer.consumerId);
  });

  it('says of a conversation that history does not have that it is not known', async () => {
    const history = (await read(browser, 'no-such-conversation')).body as ConversationHistory;

    expect(history).toEqual({
      ...{ conversationId: asConversationId('no-such-conversation'), isKnown: false, isPartial: false },
      ...{ consumer: null, startedAt: null, changes: [] },
    });
  });

  it('is refused to who is not signed in, and says whose failure it is when the cloud fails', async () => {
    expect((await read(new TestBrowser(world.bridge.origin))).problem().code).toBe('not-signed-in');

    world.wire.interfere(({ url }) =>
      url.includes('/messaging_history/') ? { kind: 'answer', status: 400, body: 'no' } : { kind: 'pass' },
    );

    const refused = (await read()).problem();
    expect([refused.code, refused.upstream?.service]).toEqual(['upstream-rejected', 'msgHist']);
  });

  it('is asked for once when the cloud fails, because a person looks at the button that asked', async () => {
    world.wire.interfere(({ url }) =>
      url.includes('/messaging_history/') ? { kind: 'answer', status: 503 } : { kind: 'pass' },
    );

    expect((await read()).problem().code).toBe('upstream-failed');
    expect(world.wire.seen.filter(({ url }) => url.includes('/messaging_history/')).length).toBe(1);
  });

  it('leaves out what cannot be read and keeps the rest', async () => {
    const record = {
      info: { conversationId: conversation.conversationId, status: 7 },
      messageRecords: [
        { type: 'TEXT_PLAIN', messageData: { msg: { text: 'kept' } }, seq: 0, sentBy: 'Agent' },
        { type: 'TEXT_PLAIN', messageData: null, seq: -1 },
        'nonsense',
        { type: 'LINK', messageData: { link: { externalFileLink: 'https://x' } }, seq: 3, sentBy: 'Agent' },
        { type: 'RICH_CONTENT', messageData: { richContent: { content: '{broken' } }, seq: 4 },
      ],
      messageStatuses: null,
      agentParticipants: {},
    };
    world.wire.interfere(({ url }) =>
      url.includes('/messaging_history/')
        ? { kind: 'answer', status: 200, body: JSON.stringify({ conversationHistoryRecords: [record] }) }
        : { kind: 'pass' },
    );

    const history = await historyOf();

    expect(messagesOf(history).map(({ sequence, event }) => [sequence, event])).toEqual([
      [0, { type: 'ContentEvent', contentType: 'text/plain', message: 'kept' }],
      [
        3,
        {
          type: 'ContentEvent',
          contentType: 'LINK',
          message: { link: { externalFileLink: 'https://x' } },
        },
      ],
      [4, { type: 'RichContentEvent', content: '{broken' }],
    ]);
  });
});

describe('the tokens of a conversation', () => {
  it('are told by their times only', async () => {
    let now = Date.now();
    await using world = await startWorld({ parts: { now: () => now } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const { conversationId } = await browser.openConversation();
    now += 1_000;

    const answer = await browser.get(`/api/conversations/${conversationId}/tokens`);

    const { appToken, consumerToken } = answer.body as ConversationTokens;
    expect(appToken?.expiresAt).toBe(now - 1_000 + 3_600_000);
    expect(appToken?.renewAt).toBe(now - 1_000 + 3_300_000);
    expect(consumerToken).toEqual({ expiresAt: null });
    expect(answer.text).not.toContain('ey');
  });
});

async function loseWebhooks({ emulator }: World, eventType: string): Promise<void> {
  const response = await fetch(`${emulator.origin}/emulator/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on: 'webhook', kind: 'drop', match: { eventType } }),
  });
  expect(response.ok)
    .withContext(await response.text())
    .toBeTrue();
}
