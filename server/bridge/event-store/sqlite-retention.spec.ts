import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry, buildNotification, buildRefusal } from '../../testing/entries.ts';
import { createLogger } from '../logging/loggers.ts';
import type { Audience, NewEntry } from './event-store.ts';
import { DEFAULT_RETENTION } from './sqlite-retention.ts';
import { SqliteEventStore, type SqliteEventStoreOptions } from './sqlite-event-store.ts';

const log = createLogger({ level: 'silent' });
const account = asAccountId('demo');
const audience: Audience = { account, owner: asUserId('kim') };
const openStore = (options: Partial<SqliteEventStoreOptions> = {}): SqliteEventStore =>
  new SqliteEventStore({ path: ':memory:', log, ...options });

describe('retention', () => {
  it('leaves every delivery key known that the log still holds, however many came and went', async () => {
    await using store = openStore({
      retention: { ...DEFAULT_RETENTION, maxEntries: 1_000, checkEvery: 100 },
    });
    const keyed = (index: number): NewEntry => buildEntry({ deliveryKey: `k${index}` });
    const all = Array.from({ length: 3_000 }, (_, index) => keyed(index));
    for (let index = 0; index < all.length; index += 100) await store.append(all.slice(index, index + 100));

    expect(await store.append(all.slice(-1_000))).toEqual([]);
    expect((await store.append(all.slice(0, 50))).length).toBe(50);
  });

  it('forgets the delivery key of what it drops', async () => {
    await using store = openStore({ retention: { ...DEFAULT_RETENTION, maxEntries: 2, checkEvery: 1 } });
    const event = buildEntry({ deliveryKey: 'k' });
    await store.append([event, buildEntry(), buildEntry()]);

    expect((await store.append([event])).length).toBe(1);
    expect((await store.append([event])).length).toBe(0);
  });

  const retention = { ...DEFAULT_RETENTION, maxEntries: 10, maxAgeMs: 1000, maxRefusals: 3, checkEvery: 1 };

  it('drops the oldest beyond the limit and remembers how far', async () => {
    await using store = openStore({ retention });
    for (let index = 0; index < 25; index += 1) await store.append([buildEntry()]);

    const entries = await store.readAfter(audience, 0, 100);
    const { droppedThrough } = await store.bounds(account);

    expect(entries.length).toBe(10);
    expect(droppedThrough).toBe((entries[0]?.sequence ?? 0) - 1);
  });

  it('drops what it knows of repetitions with the events that were repeated', async () => {
    await using store = openStore({ retention });
    const repeated = buildNotification({ deliveryKey: 'k' });
    for (let time = 0; time < 3; time += 1) await store.append([repeated]);
    for (let index = 0; index < 10; index += 1) await store.append([buildEntry()]);
    await store.append([buildEntry()]);

    const entries = await store.readAfter(audience, 0, 100);
    await store.append([repeated]);

    expect(entries.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'message-sent'));
    expect((await store.readAfter(audience, 0, 100)).map(({ kind }) => kind)).not.toContain(
      'webhook-duplicate',
    );
  });

  it('drops what is too old', async () => {
    let now = 1_000_000;
    await using store = openStore({ retention, now: () => now });
    await store.append([buildEntry({ name: 'old' }), buildEntry({ name: 'old too' })]);
    now += 1001;

    await store.append([buildEntry({ name: 'new' })]);

    expect((await store.readAfter(audience, 0, 100)).length).toBe(1);
  });

  it('never lets refused webhooks push out real events', async () => {
    await using store = openStore({ retention });
    await store.append([buildEntry({ name: 'real' })]);

    for (let index = 0; index < 100; index += 1) await store.append([buildRefusal()]);

    const kinds = (await store.readAfter(audience, 0, 200)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'message-sent').length).toBe(1);
    expect(kinds.filter((kind) => kind === 'notification-refused').length).toBe(3);
    expect((await store.bounds(account)).droppedThrough).toBe(0);
  });

  it('drops the oldest when the log takes more room than it may, and remembers how far', async () => {
    const maxBytes = 400_000;
    await using store = openStore({ retention: { ...DEFAULT_RETENTION, maxBytes } });
    for (let index = 0; index < 300; index += 1) {
      await store.append([buildEntry({ name: `${index}`.padEnd(4_000, '.') })]);
    }

    const entries = await store.readAfter(audience, 0, 1_000);
    const names = entries.map(({ payloadJson }) => Number(/"(\d+)\./.exec(payloadJson)?.[1]));

    expect(names.length).toBeLessThan(110);
    expect(names.length).toBeGreaterThan(60);
    expect(names.at(-1)).toBe(299);
    expect(names).toEqual(Array.from({ length: names.length }, (_, index) => 300 - names.length + index));
    expect((await store.bounds(account)).droppedThrough).toBe((entries[0]?.sequence ?? 0) - 1);
  });

  it('drops with the first entry what became too old while the bridge was not there', async () => {
    let now = 1_000_000;
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    const options = { path: join(folder, 'e.sqlite'), now: () => now };
    const before = openStore(options);
    await before.append([buildEntry({ name: 'old' })]);
    await before[Symbol.asyncDispose]();
    now += DEFAULT_RETENTION.maxAgeMs + 1;

    const after = openStore(options);
    await after.append([buildEntry({ name: 'new' })]);

    expect((await after.readAfter(audience, 0, 10)).length).toBe(1);
    await after[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
});
