import { TestBrowser } from '../testing/browser.ts';
import { startWorld } from '../testing/start-world.ts';

describe('from sign-in to the answer of the agent', () => {
  it('shows the agent reading, typing and answering a message', async () => {
    await using world = await startWorld();
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    using events = browser.events();
    const conversation = await browser.openConversation();
    const { conversationId } = conversation;

    const sent = await browser.send(conversation, 'Hello 😀 José', 'm1');

    expect(sent.status).toBe(201);
    expect(sent.body).toEqual({ messageSequence: jasmine.any(Number) });
    await events.until(() =>
      events.conversationChanges.find(({ result }) => result.convId === conversationId),
    );
    const echo = await events.until(() =>
      events.messages.find(({ event }) => event['message'] === 'Hello 😀 José'),
    );
    expect({ messageSequence: echo.sequence }).toEqual(sent.body as { messageSequence: number });
    await events.until(() => events.messages.find(({ event }) => event['status'] === 'READ'));
    await events.until(() => events.messages.find(({ event }) => event['chatState'] === 'COMPOSING'));
    await events.until(() =>
      events.messages.find(
        ({ event, originatorMetadata, sequence }) =>
          event.type === 'ContentEvent' &&
          originatorMetadata?.role === 'ASSIGNED_AGENT' &&
          Number(sequence) > Number(echo.sequence),
      ),
    );
    expect(events.of('message-submitted').map(({ clientMessageId }) => clientMessageId)).toEqual(['m1']);
    expect(events.of('message-sent').map(({ messageSequence }) => messageSequence)).toEqual([
      Number(echo.sequence),
    ]);
    expect(events.of('exchange').map(({ service }) => service)).toContain('asyncMessagingEnt');
    expect(events.of('notification-refused')).toEqual([]);
  });
});
