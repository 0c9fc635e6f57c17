import { STREAM_EVENTS, type CallsUnderWay } from '#protocol/bridge-events';

import { TestBrowser } from '../../testing/browser.ts';
import type { StreamReader } from '../../testing/read-sse.ts';
import { startWorld } from '../../testing/start-world.ts';

describe('a call to the cloud that is not answered yet', () => {
  it('is told on the open stream and on one that opens meanwhile, until its exchange is in the log', async () => {
    await using world = await startWorld({ parts: { upstreamTimeoutMs: 1_500 } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const conversation = await browser.openConversation();
    using before = browser.events();
    await before.event(STREAM_EVENTS.caughtUp);
    await answerNot(world.emulator.origin, 'ContentEvent');

    const sent = browser.send(conversation, 'Secret words', 'm-1');
    const [call] = await before.until(callsOf);
    using meanwhile = browser.events();
    const same = await meanwhile.until(callsOf);

    expect(call).toEqual(
      jasmine.objectContaining({
        summary: 'ms.PublishEvent ContentEvent',
        attempt: 1,
        conversationId: conversation.conversationId,
      }),
    );
    expect(call?.request.headers['authorization']).toMatch(/•••/);
    expect(same).toEqual(call === undefined ? [] : [call]);

    await sent;
    const ended = await before.until((reader) =>
      reader.of('exchange').find(({ exchangeId }) => exchangeId === call?.exchangeId),
    );
    await before.until((reader) => newest(reader)?.calls.length === 0);
    await meanwhile.until((reader) => newest(reader)?.calls.length === 0);
    expect(ended.startedAt).toBe(call?.startedAt ?? 0);
    expect(ended.response).toBeNull();
  });
});

const newest = ({ received }: StreamReader): CallsUnderWay | undefined =>
  received.findLast(({ name }) => name === STREAM_EVENTS.underWay)?.data as CallsUnderWay | undefined;

function callsOf(reader: StreamReader): CallsUnderWay['calls'] | null {
  const calls = newest(reader)?.calls ?? [];
  return calls.length > 0 ? calls : null;
}

/** From now on calls that publish such an event are not answered. */
async function answerNot(emulator: string, eventType: string): Promise<void> {
  const response = await fetch(`${emulator}/emulator/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ on: 'call', kind: 'drop', match: { eventType } }),
  });
  expect(response.ok).toBe(true);
}
