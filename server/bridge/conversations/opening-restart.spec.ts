import type { ConversationList, ConversationView } from '#protocol/bridge-api';

import type { TestBrowser } from '../../testing/browser.ts';
import type { Interference, SeenRequest } from '../../testing/interposer.ts';
import { startKillableWorld, type KillableWorld } from '../../testing/kill-test/killable-world.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';

const isOpening = ({ url }: SeenRequest): boolean => url.includes('/messaging/consumer/conversation?');
const isClosing = ({ body }: SeenRequest): boolean => body.includes('cm.UpdateConversationField');

const listOf = async (browser: TestBrowser): Promise<readonly ConversationView[]> =>
  ((await browser.get('/api/conversations')).body as ConversationList).conversations;

describe('a call on its way when the bridge is killed', () => {
  let world: KillableWorld;
  beforeEach(async () => {
    world = await startKillableWorld();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  it('opened a conversation: it is this person’s after the start, and takes messages', async () => {
    const isMet = world.meet(isOpening, { kind: 'silence-after' });
    {
      using events = world.browser.events();
      void world.browser.openConversation('Kim', 'kim-1').catch(() => undefined);
      await isMet;
      await events.until(() => events.conversationChanges[0]);
    }

    await world.restart();

    using events = world.browser.events();
    const opened = await events.until(() => events.of('conversation-opened')[0]);
    const [conversation, ...others] = await listOf(world.browser);
    expect([conversation?.conversationId, others.length]).toEqual([opened.conversationId ?? undefined, 0]);
    expect(conversation?.consumer).toEqual(jasmine.objectContaining({ name: 'Kim', externalId: 'kim-1' }));
    const sent = await world.browser.send(conversation!, 'hi', 'm1');
    expect(sent.status).toBe(201);
  });

  it('closed a conversation: it is closed after the start, and said to be', async () => {
    const conversation = await world.browser.openConversation();
    const isMet = world.meet(isClosing, { kind: 'silence-after' });
    const path = `/api/conversations/${conversation.conversationId}/close`;
    {
      using events = world.browser.events();
      void world.browser.post(path, { mode: 'close' }).catch(() => undefined);
      await isMet;
      await events.until(() =>
        events.conversationChanges.find(({ result }) => result.conversationDetails.stage === 'CLOSE'),
      );
    }

    await world.restart();

    expect((await world.browser.send(conversation, 'hi', 'm1')).problem().code).toBe('conversation-closed');
    expect((await world.browser.post(path, { mode: 'close' })).problem().code).toBe('conversation-closed');
  });

  it('put a file into the storage: no message tells of it, and it may be put again', async () => {
    const conversation = await world.browser.openConversation();
    const isMet = world.meet(({ method }) => method === 'PUT', { kind: 'silence-after' });
    const put = () =>
      fetch(`${world.bridge.origin}/api/conversations/${conversation.conversationId}/files?name=a.png`, {
        method: 'POST',
        headers: { ...world.browser.cookieHeader, 'content-type': 'image/png' },
        body: Buffer.from('89504e470d0a1a0a', 'hex'),
      });
    void put().catch(() => undefined);
    await isMet;

    await world.restart();

    expect((await put()).status).toBe(201);
    using events = world.browser.events();
    await events.event('caught-up');
    expect([...events.of('message-submitted'), ...events.of('message-failed')]).toEqual([]);
  });
});

describe('a conversation whose opening had no answer', () => {
  const lost: readonly (readonly [string, Interference])[] = [
    ['broke off', { kind: 'cut-after' }],
    ['never came', { kind: 'cut-before' }],
  ];
  for (const [what, interference] of lost) {
    it(`is found by its notification, if there is one: the answer ${what}`, async () => {
      const { world, browser, conversation } = await startWithConversation();
      await using running = world;
      const opening = {
        ...{ appKey: conversation.appKey, options: conversation.options },
        consumer: { name: 'Ana', externalId: 'ana-1' },
      };
      running.wire.interfere((request) => (isOpening(request) ? interference : { kind: 'pass' }));

      expect((await browser.post('/api/conversations', opening)).problem().code).toBe('answer-lost');

      running.wire.interfere(() => ({ kind: 'pass' }));
      const again = await browser.post('/api/conversations', opening);
      using events = browser.events();
      const isOpened = () => events.of('conversation-opened').find(({ consumer }) => consumer.name === 'Ana');
      const { conversationId } = await events.until(isOpened);
      const refused = interference.kind === 'cut-after' ? again.problem().code : null;
      expect(refused).toBe(interference.kind === 'cut-after' ? 'already-open' : null);
      expect((await listOf(browser)).map((one) => one.conversationId)).toEqual([
        conversationId!,
        conversation.conversationId,
      ]);
    });
  }
});
