import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { Audience, NewEntry } from './event-store.ts';
import { DEFAULT_RETENTION } from './sqlite-retention.ts';
import { SqliteEventStore } from './sqlite-event-store.ts';

const account = asAccountId('demo');
const audience: Audience = { account, owner: asUserId('kim') };

describe('a log that is full', () => {
  /** Nothing goes before it is too old, so the file fills up. */
  const retention = { ...DEFAULT_RETENTION, maxAgeMs: 1_000, maxFileBytes: 600_000 };
  const large = (index: number): NewEntry => buildEntry({ name: `${index}`.padEnd(60_000, '.') });

  /** @returns how many entries it took before it refused one */
  async function fill(store: SqliteEventStore): Promise<number> {
    for (let stored = 0; ; stored += 1) {
      const refusal = await store.append([large(stored)]).then(
        () => null,
        (error: unknown) => error,
      );
      if (refusal === null) continue;
      expect(refusal).toEqual(jasmine.objectContaining({ code: 'store-unavailable' }));
      return stored;
    }
  }

  it('refuses what it cannot take, says so once and keeps what it has', async () => {
    const { log: told, lines } = recordingLogger();
    await using store = new SqliteEventStore({
      path: ':memory:',
      log: told,
      now: () => 1_000_000,
      retention,
    });

    const stored = await fill(store);
    await Promise.all([1, 2, 3].map((index) => expectAsync(store.append([large(index)])).toBeRejected()));

    expect(stored).toBeGreaterThan(5);
    expect(store.isStoring).toBeFalse();
    expect((await store.readAfter(audience, 0, 100)).length).toBe(stored);
    expect(lines.filter((line) => line.includes('could not be stored')).length).toBe(1);
  });

  it('takes entries again when there is room, and says so', async () => {
    let now = 1_000_000;
    const { log: told, lines } = recordingLogger();
    await using store = new SqliteEventStore({ path: ':memory:', log: told, now: () => now, retention });
    expect(store.isStoring).toBeTrue();
    const stored = await fill(store);
    now += 1_001;

    await Promise.all([store.append([large(1)]), store.append([large(2)])]);

    const entries = await store.readAfter(audience, 0, 100);
    expect(entries.length).toBe(2);
    expect(store.isStoring).toBeTrue();
    expect((await store.bounds(account)).droppedThrough).toBe((entries[0]?.sequence ?? 0) - 1);
    expect(lines.filter((line) => line.includes('can be stored again')).length).toBe(1);
    expect(stored).toBeGreaterThan(2);
  });

  it('does not pass a trial, and says nothing of it', async () => {
    const { log: told, lines } = recordingLogger();
    await using store = new SqliteEventStore({
      path: ':memory:',
      log: told,
      now: () => 1_000_000,
      retention,
    });
    await fill(store);

    await expectAsync(store.tryWriting()).toBeRejectedWith(
      jasmine.objectContaining({ code: 'store-unavailable' }),
    );

    expect(store.isStoring).toBeFalse();
    expect(lines.length).toBe(1);
  });

  it('makes room for a trial as for an entry, and stores again when it passed, without waiting for one', async () => {
    let now = 1_000_000;
    const { log: told, lines } = recordingLogger();
    await using store = new SqliteEventStore({ path: ':memory:', log: told, now: () => now, retention });
    await fill(store);
    now += 1_001;

    await store.tryWriting();

    expect(store.isStoring).toBeTrue();
    expect(lines.filter((line) => line.includes('can be stored again')).length).toBe(1);
  });

  it('stores again only when there is room for as much as it refused', async () => {
    const { log: told } = recordingLogger();
    await using store = new SqliteEventStore({
      path: ':memory:',
      log: told,
      now: () => 1_000_000,
      retention,
    });
    const huge = buildEntry({ name: '.'.repeat(1_000_000) });
    await expectAsync(store.append([huge])).toBeRejected();

    await expectAsync(store.tryWriting()).toBeRejected();
    await store.append([large(1)]);
    await expectAsync(store.tryWriting()).toBeResolved();

    expect(store.isStoring).toBeTrue();
  });
});
