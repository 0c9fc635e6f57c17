import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { asAccountId, asUserId } from '#protocol/identifiers';

import { TestBrowser } from '../../testing/browser.ts';
import { buildEntry } from '../../testing/entries.ts';
import { MemoryEventStore } from '../../testing/memory-event-store.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { startWorld } from '../../testing/start-world.ts';
import type { StoredEntry } from '../event-store/event-store.ts';
import { AudienceFeed, type FeedReader } from './audience-feed.ts';
import { SharedChunks } from './shared-chunks.ts';

describe('a stream whose log cannot be read', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'broken-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is cut, so that the browser asks again, and the reason is in the log', async () => {
    const { log, lines } = recordingLogger();
    await using world = await startWorld({ parts: { log }, config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    using database = new DatabaseSync(join(dataDir, 'events.sqlite'));
    // The newest entries are kept in memory, so it takes a log that is opened anew.
    database.exec("UPDATE entries SET kind = 'nonsense'");
    await world.bridge[Symbol.asyncDispose]();
    await using again = await startWorld({ parts: { log }, config: { dataDir } });

    const stream = await fetch(`${again.bridge.origin}/api/events`, { headers: browser.cookieHeader });
    // A cut connection may be told as an end or as a failure.
    const text = await stream.text().catch(() => '');

    expect(stream.status).toBe(200);
    expect(text).not.toContain('caught-up');
    expect(lines.filter((line) => line.includes('a stream was cut: the log could not be read')).length).toBe(
      1,
    );
  });
});

describe('a feed whose log cannot be read any more', () => {
  it('tells each of its readers why', async () => {
    const audience = { account: asAccountId('demo'), owner: asUserId('kim') };
    const store = new (class extends MemoryEventStore {
      isBroken = false;

      override readAfter(
        ...asked: Parameters<MemoryEventStore['readAfter']>
      ): Promise<readonly StoredEntry[]> {
        return this.isBroken ? Promise.reject(new Error('no disk')) : super.readAfter(...asked);
      }
    })();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const reader: FeedReader = { deliver: () => 0, notice: () => undefined, fail: resolve };
    new AudienceFeed({ store, audience, chunks: new SharedChunks() }).join(reader, 0);
    store.isBroken = true;

    await store.append([buildEntry()]);

    expect(await promise).toEqual(new Error('no disk'));
  });
});
