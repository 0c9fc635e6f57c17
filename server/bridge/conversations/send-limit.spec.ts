import type { ConversationView } from '#protocol/bridge-api';
import { asConversationId } from '#protocol/identifiers';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';
import { SendLimit } from './send-limit.ts';

describe('what is on its way into one conversation', () => {
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    world = await startWorld({ config: { sendsPerConversation: 2 } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  /** The cloud does not answer what is published. */
  const silence = (): void =>
    world.wire.interfere(({ body }) =>
      body.includes('ms.PublishEvent') ? { kind: 'silence' } : { kind: 'pass' },
    );
  const answers = (): void => {
    world.wire.interfere(() => ({ kind: 'pass' }));
    world.wire.hangUp();
  };

  /** Sends one more than there is room for. @returns the one that was refused, and what ends the others */
  const overfill = async (conversation: ConversationView) => {
    silence();
    const sending = ['m1', 'm2', 'm3'].map(async (id) => ({
      id,
      answer: await browser.send(conversation, id, id),
    }));
    const refused = await Promise.race(sending);
    const end = async (): Promise<void> => {
      answers();
      await Promise.all(sending);
    };
    return { refused, end };
  };

  it('is limited: the next message is refused with words on what to do, and taken later', async () => {
    const conversation = await browser.openConversation();

    const { refused, end } = await overfill(conversation);
    await end();

    expect(refused.answer.status).toBe(429);
    expect(refused.answer.headers.get('retry-after')).toBe('5');
    expect(refused.answer.problem()).toEqual(
      jasmine.objectContaining({
        code: 'too-many-sends',
        detail: jasmine.stringMatching(
          /^2 messages .*not taken this time\. Wait .*SENDS_MAX_PER_CONVERSATION/,
        ),
      }),
    );
    expect((await browser.send(conversation, refused.id, refused.id)).status).toBe(201);
  });

  it('counts every kind of event', async () => {
    const conversation = await browser.openConversation();
    const { end } = await overfill(conversation);
    const dialogId = conversation.conversationId;
    const kinds: Readonly<Record<string, object>> = {
      'chat-state': { dialogId, chatState: 'COMPOSING' },
      'automatic-chat-state': { dialogId, chatState: 'COMPOSING' },
      'accept-status': { dialogId, status: 'READ', sequenceList: [1] },
      receipts: { dialogId, status: 'READ', sequenceList: [1] },
      events: { clientMessageId: 'e1', dialogId, event: { type: 'ContentEvent' } },
      close: { mode: 'close' },
    };

    const statuses = [];
    for (const [kind, body] of Object.entries(kinds)) {
      const { status } = await browser.post(`/api/conversations/${dialogId}/${kind}`, body);
      statuses.push(`${kind} ${status}`);
    }
    const picture = { body: 'PNG', headers: { 'content-type': 'image/png' } };
    const upload = await browser.call('POST', `/api/conversations/${dialogId}/files`, picture);
    await end();

    expect(statuses).toEqual(Object.keys(kinds).map((kind) => `${kind} 429`));
    expect(upload.status).toBe(429);
  });

  it('leaves other conversations alone', async () => {
    const other = await browser.openConversation('Lee');
    const { end } = await overfill(await browser.openConversation());
    world.wire.interfere(() => ({ kind: 'pass' }));

    expect((await browser.send(other, 'hi', 'm1')).status).toBe(201);
    await end();
  });
});

describe('the limit of what is on its way', () => {
  it('remembers no conversation that nothing is on its way into, however its last event ended', async () => {
    const limit = new SendLimit(1);
    const idOf = (name: string) => ({ conversationId: asConversationId(name) });
    const waiting = Promise.withResolvers<undefined>();

    await limit.run(idOf('answered'), () => Promise.resolve());
    await expectAsync(limit.run(idOf('failed'), () => Promise.reject(new Error('lost')))).toBeRejected();
    const sending = limit.run(idOf('sending'), () => waiting.promise);
    await expectAsync(limit.run(idOf('sending'), () => Promise.resolve())).toBeRejected();
    const during = limit.size;
    waiting.resolve(undefined);
    await sending;

    expect([during, limit.size]).toEqual([1, 0]);
  });
});
