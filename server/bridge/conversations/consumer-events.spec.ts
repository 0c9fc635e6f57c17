import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('an ACTION of the consumer', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  it('leaves with its metadata beside the body, and the log keeps what it was about', async () => {
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const { conversationId: dialogId } = await browser.openConversation();
    const metadata = [{ type: 'ExternalId', id: 'ABC-1', nested: { deep: [1, null] } }];

    const answer = await browser.post(`/api/conversations/${dialogId}/accept-status`, {
      ...{ dialogId, status: 'ACTION', sequenceList: [1], metadata },
    });

    expect(answer.status).toBe(204);
    const sent = world.wire.seen.find(({ body }) => body.includes('"ACTION"'));
    expect(JSON.parse(sent?.body ?? '{}')).toEqual(jasmine.objectContaining({ metadata }));
    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('event-published').map((entry) => entry.metadata)).toEqual([metadata]);
  });
});
