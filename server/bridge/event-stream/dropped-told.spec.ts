import { STREAM_EVENTS, type Heartbeat } from '#protocol/bridge-events';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld } from '../../testing/start-world.ts';
import { DEFAULT_RETENTION } from '../event-store/sqlite-retention.ts';

describe('a log that drops what is too much', () => {
  it('tells an open stream how far, so that a page need not hold more than a new one would get', async () => {
    const retention = { ...DEFAULT_RETENTION, maxEntries: 20, checkEvery: 1 };
    await using world = await startWorld({ parts: { heartbeatMs: 20 }, config: { retention } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    using events = browser.events();
    const conversation = await browser.openConversation();
    for (let at = 0; at < 20; at += 1) await browser.send(conversation, `Message ${at}`, `m${at}`);
    const newest = events.entries.at(-1)?.sequence ?? 0;

    let told = 0;
    await events.until(({ received }) => {
      const heartbeat = received.findLast(({ name }) => name === STREAM_EVENTS.heartbeat)?.data as
        Heartbeat | undefined;
      told = heartbeat?.droppedThrough ?? 0;
      return told >= newest - 20;
    });
    using fresh = browser.events();
    await fresh.event(STREAM_EVENTS.caughtUp);

    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(fresh.entries[0]?.sequence ?? 0);
  });
});
