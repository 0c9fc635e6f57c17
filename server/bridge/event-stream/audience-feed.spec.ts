import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import { MemoryEventStore } from '../../testing/memory-event-store.ts';
import type { StoredEntry } from '../event-store/event-store.ts';
import { AudienceFeed, type FeedPage, type FeedReader } from './audience-feed.ts';
import { CatchUpPages } from './catch-up-pages.ts';
import { EventStream } from './event-stream.ts';
import { SharedChunks } from './shared-chunks.ts';
import { StreamWriter } from './stream-writer.ts';

const audience = { account: asAccountId('demo'), owner: asUserId('kim') };

describe('the feed of an audience', () => {
  it('takes in nobody who would miss what it has delivered', async () => {
    const store = new MemoryEventStore();
    const feed = new AudienceFeed({ store, audience, chunks: new SharedChunks() });
    const first = new PageReader();
    feed.join(first, 0);
    await store.append([buildEntry()]);
    await first.delivered;

    expect(feed.join(new PageReader(), 0)).toBeFalse();
    expect(feed.join(new PageReader(), 1)).toBeTrue();
    feed.leave(first);
  });
});

describe('a stream that read further than its feed', () => {
  let server: Server;
  let socket: Socket;
  let reader: Socket;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    reader = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
    [socket] = (await once(server, 'connection')) as [Socket];
  });
  afterEach(() => {
    socket.destroy();
    reader.destroy();
    server.close();
  });

  it('writes each entry once', async () => {
    const store = new HeldStore();
    const feed = new AudienceFeed({ store: store.held, audience, chunks: new SharedChunks() });
    feed.join(new PageReader(), 0);
    await store.append([buildEntry({ name: 'one' })]);
    const writer = new StreamWriter(socket);
    const pages = new CatchUpPages(store);
    const stream = new EventStream({
      store,
      writer,
      audience,
      feed,
      pages,
      now: Date.now,
      failed: fail,
      underWay: () => [],
    });
    await stream.start(0);
    await store.append([buildEntry({ name: 'two' })]);

    store.release();
    let text = '';
    while (!text.includes('"two"')) text += String((await once(reader, 'data'))[0]);

    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 1', 'id: 2']);
  });
});

/** Reads whatever it is given. */
class PageReader implements FeedReader {
  private readonly page = Promise.withResolvers<FeedPage>();
  readonly delivered = this.page.promise;

  deliver(page: FeedPage): number {
    this.page.resolve(page);
    return page.entries.length;
  }

  notice(): void {
    fail('nothing was missed');
  }

  fail(error: unknown): void {
    fail(error);
  }
}

/** The same log for two: who reads it as `held` waits until it is released. */
class HeldStore extends MemoryEventStore {
  private readonly gate = Promise.withResolvers<undefined>();
  /** Everything but reading is as it is. */
  readonly held = new Proxy<MemoryEventStore>(this, {
    get: (_, name) => (name === 'readAfter' ? this.readWhenReleased.bind(this) : Reflect.get(this, name)),
  });

  release(): void {
    this.gate.resolve(undefined);
  }

  private async readWhenReleased(
    ...asked: Parameters<MemoryEventStore['readAfter']>
  ): Promise<readonly StoredEntry[]> {
    await this.gate.promise;
    return this.readAfter(...asked);
  }
}
