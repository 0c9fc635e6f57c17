import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry, buildNotification, buildRefusal } from '../../testing/entries.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { createLogger } from '../logging/loggers.ts';
import { createBridgeMetrics } from '../metrics/bridge-metrics.ts';
import { openDatabase } from '../storage/database.ts';
import { describeEventStore } from './event-store.contract.ts';
import type { Audience, NewEntry } from './event-store.ts';
import { MeteredEventStore } from './metered-event-store.ts';
import { DEFAULT_RETENTION } from './sqlite-retention.ts';
import { eventMigrations } from './sqlite-event-migrations.ts';
import { SqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store.ts';

const log = createLogger({ level: 'silent' });
const account = asAccountId('demo');
const audience: Audience = { account, owner: asUserId('kim') };
const openStore = (options: Partial<SqliteEventStoreOptions> = {}): SqliteEventStore =>
  new SqliteEventStore({ path: ':memory:', log, ...options });

describeEventStore('the SQLite event store', () => openStore());

describeEventStore('an event store that is metered', () => {
  const meter = createBridgeMetrics().log;
  return Promise.resolve(new MeteredEventStore(openStore(), meter));
});

describe('the SQLite event store on disk', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'events-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (): string => join(folder, 'events.sqlite');

  it('keeps its entries and goes on counting after a restart', async () => {
    const before = openStore({ path: path() });
    const [first] = await before.append([buildEntry({ deliveryKey: 'k' })]);
    await before[Symbol.asyncDispose]();

    await using after = openStore({ path: path() });
    const again = await after.append([buildEntry({ deliveryKey: 'k' })]);
    const [second] = await after.append([buildEntry()]);

    expect(again).toEqual([]);
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? Infinity);
    expect((await after.readAfter(audience, 0, 10)).length).toBe(2);
  });

  it('knows after a restart what came before, also how often it came again', async () => {
    const event = buildNotification({ deliveryKey: 'k' });
    const before = openStore({ path: path() });
    for (let time = 0; time < 3; time += 1) await before.append([event]);
    await before[Symbol.asyncDispose]();

    await using after = openStore({ path: path() });
    const again = await after.append([event]);

    const entries = await after.readAfter(audience, 0, 10);
    expect(again).toEqual([]);
    expect(entries.map(({ kind }) => kind)).toEqual(['notification', 'webhook-duplicate']);
    expect(JSON.parse(entries[1]?.payloadJson ?? '{}')).toEqual(jasmine.objectContaining({ count: 3 }));
  });

  it('brings a log of its first form along, with its sequences and keys', async () => {
    {
      using older = openDatabase(path(), eventMigrations(1_000).slice(0, 1), { log });
      older.exec(`INSERT INTO entries (at, account, owner, conversation_id, kind, payload, delivery_key)
        VALUES (5, 'demo', 'kim', 'c1', 'message-sent', '{"kind":"message-sent","clientMessageId":"old"}', 'k')`);
    }

    await using store = openStore({ path: path(), now: () => 2_000 });
    const again = await store.append([buildEntry({ deliveryKey: 'k' })]);
    const [next] = await store.append([buildEntry({ deliveryKey: 'k2' })]);

    expect(again).toEqual([]);
    expect((await store.readAfter(audience, 0, 10)).map(({ sequence }) => sequence)).toEqual([1_001, 1_002]);
    expect(next?.sequence).toBe(1_002);
    expect((await store.bounds(account)).first).toBe(1_001);
  });

  it('never gives a sequence twice, also when everything was dropped', async () => {
    let now = 1_000_000;
    const options = { path: path(), now: () => now };
    const before = openStore({ ...options, retention: { ...DEFAULT_RETENTION, checkEvery: 1 } });
    await before.append([buildEntry(), buildEntry()]);
    now += DEFAULT_RETENTION.maxAgeMs + 1;
    const [last] = await before.append([buildRefusal()]);
    await before[Symbol.asyncDispose]();

    await using after = openStore(options);
    const [next] = await after.append([buildEntry()]);

    expect(next?.sequence).toBeGreaterThan(last?.sequence ?? Infinity);
  });

  it('does not count refused webhooks among the events it keeps, after a restart either', async () => {
    const retention = { ...DEFAULT_RETENTION, maxEntries: 10, checkEvery: 1 };
    const before = openStore({ path: path(), retention });
    for (let index = 0; index < 8; index += 1) await before.append([buildEntry(), buildRefusal()]);
    await before[Symbol.asyncDispose]();

    await using after = openStore({ path: path(), retention });
    await after.append([buildEntry()]);

    const kinds = (await after.readAfter(audience, 0, 100)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'message-sent').length).toBe(9);
  });

  it('goes on when old entries cannot be dropped, and says so', async () => {
    const { log: told, lines } = recordingLogger();
    const retention = { ...DEFAULT_RETENTION, maxEntries: 1, checkEvery: 1 };
    await using store = openStore({ path: path(), log: told, retention });
    using other = new DatabaseSync(path());
    other.exec("CREATE TRIGGER keep BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'no'); END");

    await store.append([buildEntry(), buildEntry()]);
    await store.append([buildEntry()]);

    expect((await store.readAfter(audience, 0, 10)).length).toBe(3);
    expect(lines.some((line) => line.includes('old entries could not be dropped'))).toBeTrue();
  });

  it('says that it cannot be read when it holds what nobody wrote', async () => {
    await using store = openStore({ path: path() });
    using other = new DatabaseSync(path());
    other.exec("INSERT INTO entries (at, account, kind, payload) VALUES (1, 'demo', 'nonsense', '{}')");

    await expectAsync(store.readAfter(audience, 0, 10)).toBeRejectedWith(
      jasmine.objectContaining({ code: 'store-unavailable' }),
    );
  });

  it('starts a new log above every sequence of one that is gone', async () => {
    const before = openStore({ path: path(), now: () => 1_000_000 });
    const [first] = await before.append([buildEntry()]);
    await before[Symbol.asyncDispose]();
    rmSync(path());

    await using after = openStore({ path: path(), now: () => 2_000_000 });

    expect((await after.bounds(account)).first).toBeGreaterThan(first?.sequence ?? Infinity);
  });
});

describe('one commit of many appends', () => {
  it('takes all of one turn of the event loop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    {
      await using store = openStore({ path: join(folder, 'events.sqlite') });
      await store.append([buildEntry()]);
      const before = pagesWritten(folder);

      await Promise.all(Array.from({ length: 50 }, () => store.append([buildEntry()])));

      // Each commit writes at least the page of the table and that of its index.
      expect(pagesWritten(folder) - before).toBeLessThan(50);
    }
    rmSync(folder, { recursive: true });
  });

  it('fails only for the one at fault', async () => {
    await using store = openStore();
    // What a caller without types could hand over: SQLite refuses it.
    const broken = { ...buildEntry(), account: null } as unknown as NewEntry;

    const results = await Promise.allSettled([
      store.append([buildEntry({ name: 'a' })]),
      store.append([buildEntry({ name: 'half' }), broken]),
      store.append([buildEntry({ name: 'b' })]),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.readAfter(audience, 0, 10)).length).toBe(2);
  });
});

/** Pages that commits have added to the write-ahead log. */
function pagesWritten(folder: string): number {
  return statSync(join(folder, 'events.sqlite-wal')).size / 4096;
}

describe('an append that fails', () => {
  it('is taken when it comes again: its delivery keys are not known', async () => {
    await using store = openStore();
    const broken = { ...buildEntry(), account: null } as unknown as NewEntry;
    const entry = buildEntry({ deliveryKey: 'k' });

    await expectAsync(store.append([entry, broken])).toBeRejected();
    const stored = await store.append([entry]);

    expect(stored.length).toBe(1);
    expect((await store.bounds(account)).newest).toBe(stored[0]?.sequence ?? -1);
  });

  it('does not count as a repetition, and the count of before goes on', async () => {
    await using store = openStore();
    const event = buildNotification({ deliveryKey: 'k' });
    const broken = { ...buildEntry(), account: null } as unknown as NewEntry;
    await store.append([event, event]);

    await expectAsync(store.append([event, broken])).toBeRejected();
    await store.append([event]);

    const [, ...counts] = await store.readAfter(audience, 0, 10);
    expect(counts.map(({ payloadJson }) => payloadJson)).toEqual([jasmine.stringContaining('"count":2')]);
  });
});
