import type { ReceiptAnswer } from '#protocol/bridge-api';
import type { ConversationId } from '#protocol/identifiers';

import { TestBrowser } from '../../testing/browser.ts';
import { startWithConversation } from '../../testing/start-with-conversation.ts';
import type { World } from '../../testing/start-world.ts';

describe('receipts that the app owes by itself', () => {
  let world: World;
  let browser: TestBrowser;
  let id: ConversationId;
  beforeEach(async () => {
    const started = await startWithConversation();
    ({ world, browser } = started);
    id = started.conversation.conversationId;
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const tell = async (
    sequenceList: readonly number[],
    { from = browser, dialogId = id }: { readonly from?: TestBrowser; readonly dialogId?: string } = {},
  ) => {
    const answer = await from.post(`/api/conversations/${id}/receipts`, {
      ...{ dialogId, status: 'READ', sequenceList },
    });
    expect(answer.status).toBe(200);
    return (answer.body as ReceiptAnswer).outcome;
  };
  const sent = () =>
    world.wire.seen.flatMap(
      ({ body }) => /"status":"READ","sequenceList":(\[[\d,]+\])/.exec(body)?.[1] ?? [],
    );

  it('leave once when two browsers of a person tell them at the same moment', async () => {
    const other = new TestBrowser(world.bridge.origin);
    await other.signInToDemo();

    const outcomes = await Promise.all([tell([1, 2]), tell([1, 2], { from: other })]);

    expect(outcomes.toSorted()).toEqual(['known', 'told']);
    expect(sent()).toEqual(['[1,2]']);
  });

  it('leave without those that were told before', async () => {
    await tell([1, 2]);

    expect(await tell([2, 3])).toBe('told');
    expect(sent()).toEqual(['[1,2]', '[3]']);
  });

  it('may be told again after the cloud refused them, which is no failure of the call', async () => {
    const elsewhere = { dialogId: 'no-such-dialog' };

    expect([await tell([1], elsewhere), await tell([1], elsewhere)]).toEqual(['refused', 'refused']);
    expect(sent()).toEqual(['[1]', '[1]']);
  });

  it('do not keep a person from telling the same by hand', async () => {
    await tell([1]);

    const answer = await browser.post(`/api/conversations/${id}/accept-status`, {
      ...{ dialogId: id, status: 'READ', sequenceList: [1] },
    });

    expect(answer.status).toBe(204);
    expect(sent()).toEqual(['[1]', '[1]']);
  });
});
