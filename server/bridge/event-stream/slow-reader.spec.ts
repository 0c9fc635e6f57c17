import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { STREAM_EVENTS } from '#protocol/bridge-events';
import { asAccountId, asDialogId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import type { NewEntry } from '../event-store/event-store.ts';
import { DEFAULT_RETENTION } from '../event-store/sqlite-retention.ts';
import { SqliteEventStore, type SqliteEventStoreOptions } from '../event-store/sqlite-event-store.ts';
import { createLogger } from '../logging/loggers.ts';
import { AudienceFeed } from './audience-feed.ts';
import { CatchUpPages } from './catch-up-pages.ts';
import { EventStream } from './event-stream.ts';
import { SharedChunks } from './shared-chunks.ts';
import { StreamWriter } from './stream-writer.ts';

const BACKLOG_BYTES = 40 * 1024 * 1024;
const TEXT = 'x'.repeat(20_000);

describe('a browser that does not read', () => {
  it('makes its backlog wait in the store, not in memory, and may leave', async () => {
    await using slow = await slowReader();
    await slow.store.append(backlog());

    await slow.untilBusy();
    for (let turn = 0; turn < 200; turn += 1) {
      slow.stream.beat();
      await new Promise(setImmediate);
    }

    expect(slow.writer.isBusy).toBeTrue();
    expect(slow.socket.writableLength).toBeLessThan(5 * TEXT.length);
    slow.reader.destroy();
    await slow.running;
    expect(slow.socket.destroyed).toBeTrue();
  });

  it('is cut off after a minute, with everything that waits for it', async () => {
    let now = 0;
    await using slow = await slowReader({ now: () => now });
    await slow.store.append(backlog());
    await slow.untilBusy();

    slow.stream.beat();
    now += 59_999;
    slow.stream.beat();
    expect(slow.socket.destroyed).toBeFalse();
    now += 1;
    slow.stream.beat();

    await slow.running;
    expect(slow.socket.destroyed).toBeTrue();
  });

  it('is written to no more once its connection was cut, though nobody has said yet that it is gone', async () => {
    await using slow = await slowReader();
    // Timers come before what is stored, and that before the end of a connection: all three in one turn of the loop.
    await new Promise((resolve) => setTimeout(resolve));
    slow.writer.cut();
    await slow.store.append([buildEntry()]);

    await expectAsync(slow.running).toBeResolved();
    expect(slow.writes()).toBeLessThan(3);
  });

  it('is told of what the log dropped meanwhile before it gets what is left', async () => {
    const entries = backlog();
    const retention = {
      ...DEFAULT_RETENTION,
      maxEntries: 5,
      maxAgeMs: 1e12,
      maxRefusals: 1,
      checkEvery: entries.length + 1,
      // Room for all of it: only the number of entries matters here.
      maxBytes: 1e12,
      maxFileBytes: 1e12,
    };
    await using slow = await slowReader({ retention });
    await slow.store.append(entries);
    await slow.untilBusy();
    // Now all but five are dropped, while the reader has one page on its way.
    await slow.store.append([buildEntry({ name: 'the last' })]);

    const text = await slow.readUntil('the last');

    const [before = '', after = '', ...others] = text.split(`event: ${STREAM_EVENTS.gap}\n`);
    expect(others).toEqual([]);
    expect(before.split('event: entry').length).toBeLessThan(entries.length);
    expect(after.split('event: entry').length - 1).toBe(5);
    expect(/"oldest":(\d+)/.exec(after)?.[1]).toBe(/id: (\d+)/.exec(after)?.[1] ?? 'none');
  });
});

/** Far more than any buffer between two processes takes. */
function backlog(): readonly NewEntry[] {
  const event = { type: 'ContentEvent', contentType: 'text/plain', message: TEXT } as const;
  const payload = {
    kind: 'message-submitted',
    clientMessageId: 'm',
    dialogId: asDialogId('c1'),
    event,
  } as const;
  return Array.from({ length: Math.ceil(BACKLOG_BYTES / TEXT.length) }, () => buildEntry({ payload }));
}

interface SlowReader extends AsyncDisposable {
  readonly store: SqliteEventStore;
  readonly socket: Socket;
  readonly writer: StreamWriter;
  readonly stream: EventStream;
  readonly reader: Socket;
  /** Resolves when the stream has ended. */
  readonly running: Promise<void>;
  /** How often entries were handed to the writer. */
  writes(): number;
  untilBusy(): Promise<void>;
  /** Begins to read, and gives the text up to what was looked for. */
  readUntil(text: string): Promise<string>;
}

/** A stream over a real connection whose other end reads nothing until it is told to. */
async function slowReader(options: Partial<SqliteEventStoreOptions> = {}): Promise<SlowReader> {
  const store = new SqliteEventStore({
    path: ':memory:',
    log: createLogger({ level: 'silent' }),
    ...options,
  });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.resume().on('error', () => undefined);
  socket.once('end', () => writer.end());
  const writer = new CountingWriter(socket);
  const audience = { account: asAccountId('demo'), owner: asUserId('kim') };
  const feed = new AudienceFeed({ store, audience, chunks: new SharedChunks() });
  const stream = new EventStream({
    ...{ store, writer, audience, feed, pages: new CatchUpPages(store), now: options.now ?? Date.now },
    ...{ failed: fail, underWay: () => [] },
  });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve(stream.stop())));
  const running = Promise.all([stream.start(0), closed]).then(() => undefined);
  return {
    ...{ store, socket, writer, stream, reader, running },
    writes: () => writer.writes,
    async untilBusy() {
      while (!writer.isBusy) await new Promise(setImmediate);
    },
    async readUntil(wanted) {
      const chunks: string[] = [];
      for await (const chunk of reader) {
        chunks.push(String(chunk));
        if (chunks.slice(-2).join('').includes(wanted)) break;
      }
      return chunks.join('');
    },
    async [Symbol.asyncDispose]() {
      reader.destroy();
      await running;
      server.close();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** Ends what would otherwise be tried for ever. */
class CountingWriter extends StreamWriter {
  writes = 0;

  override write(bytes: Buffer | string): void {
    this.writes += 1;
    if (this.writes > 100_000) throw new Error('the same entries are written again and again');
    super.write(bytes);
  }
}
