import type { ConversationView } from '#protocol/bridge-api';
import { MAX_EVENT_CHARACTERS } from '#protocol/bridge-api';

import type { TestBrowser } from '../../testing/browser.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import type { World } from '../../testing/start-world.ts';

describe('publishing an event as it is', () => {
  let world: World;
  let browser: TestBrowser;
  let conversation: ConversationView;
  beforeEach(async () => {
    ({ world, browser, conversation } = await startWithConversation());
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const publish = (event: unknown, clientMessageId = 'raw-1') =>
    browser.post(`/api/conversations/${conversation.conversationId}/events`, {
      clientMessageId,
      dialogId: conversation.conversationId,
      event,
    });
  const published = (word: string) =>
    world.wire.seen.filter(({ url, body }) => url.includes('/send') && body.includes(word));
  const text = { type: 'ContentEvent', contentType: 'text/plain', message: 'by hand' };

  it('publishes a message once per id and logs it as any other message', async () => {
    const first = await publish(text);
    const again = await publish(text);

    expect(first.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(published('by hand').length).toBe(1);
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-submitted')).toEqual([
      jasmine.objectContaining({ clientMessageId: 'raw-1', event: text }),
    ]);
    expect(events.of('message-sent').length).toBe(1);
  });

  it('sends and logs members whose name means more than a name, as they are', async () => {
    const odd = '"__proto__":{"a":1},"constructor":{"b":2}';
    const event: unknown = JSON.parse(
      `{"type":"ContentEvent","contentType":"text/plain","message":"odd",${odd}}`,
    );

    expect((await publish(event)).status).toBe(201);

    expect(published(odd).length).toBe(1);
    using events = browser.events();
    await events.event('caught-up');
    expect(JSON.stringify(events.of('message-submitted'))).toContain(odd);
  });

  it('refuses an id that was used for another event', async () => {
    await publish(text);

    const answer = await publish({ ...text, message: 'something else' });

    expect(answer.problem().fields?.[0]?.path).toBe('clientMessageId');
  });

  it('logs receipts and chat states as what they are, never as messages', async () => {
    const state = await publish({ type: 'ChatStateEvent', chatState: 'COMPOSING' });
    await publish({ type: 'AcceptStatusEvent', status: 'NACK', sequenceList: [0] }, 'raw-2');

    expect(state.body).toEqual({ messageSequence: null });
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-submitted')).toEqual([]);
    expect(events.of('event-published').map(({ event }) => event)).toEqual([
      { type: 'ChatStateEvent', chatState: 'COMPOSING' },
      { type: 'AcceptStatusEvent', status: 'NACK', sequenceList: [0] },
    ]);
  });

  it('sends what is not known here too, and shows what the cloud says to it', async () => {
    const answer = await publish({ type: 'NobodyKnowsEvent', odd: true });

    expect(published('NobodyKnowsEvent').length).toBe(1);
    expect(answer.problem().code).toBe('upstream-rejected');
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('message-failed').length).toBe(1);
  });

  it('refuses what is no event, is too long, or has more around it', async () => {
    const noType = await publish({ message: 'x' });
    const long = await publish({ ...text, message: 'x'.repeat(MAX_EVENT_CHARACTERS) });
    const more = await browser.post(`/api/conversations/${conversation.conversationId}/events`, {
      ...{ clientMessageId: 'raw-1', dialogId: 'd', event: text, also: 1 },
    });

    expect([noType, long, more].map((answer) => answer.problem().fields?.[0]?.path)).toEqual([
      'event.type',
      'event',
      'also',
    ]);
    expect(published('ContentEvent').length).toBe(0);
  });
});
