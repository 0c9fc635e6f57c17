import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import type { StoredEntry } from '../event-store/event-store.ts';
import { SqliteEventStore } from '../event-store/sqlite-event-store.ts';
import { createLogger } from '../logging/loggers.ts';
import { SharedChunks } from './shared-chunks.ts';

describe('the frames of entries', () => {
  let store: SqliteEventStore;
  let newest = 0;
  const account = asAccountId('demo');
  const readAs = (owner: string): Promise<readonly StoredEntry[]> =>
    store.readAfter({ account, owner: asUserId(owner) }, newest, 10);
  beforeEach(async () => {
    store = new SqliteEventStore({ path: ':memory:', log: createLogger({ level: 'silent' }) });
    ({ newest } = await store.bounds(account));
  });
  afterEach(() => store[Symbol.asyncDispose]());

  it('are made once and are the same bytes for everybody who is up to date', async () => {
    await store.append([buildEntry({ owner: null }), buildEntry({ owner: null })]);
    const shared = new SharedChunks();

    const [kim, ana] = [shared.of(await readAs('kim')), shared.of(await readAs('ana'))];

    expect(ana[0]?.bytes).toBe(kim[0]?.bytes);
    expect(kim.map(({ count }) => count)).toEqual([2]);
    expect(kim[0]?.bytes.toString()).toMatch(/^(event: entry\nid: \d+\ndata: \{.+\}\n\n){2}$/);
  });

  it('are not those of somebody else, however alike the entries are', async () => {
    await store.append([
      buildEntry({ owner: null }),
      buildEntry({ owner: asUserId('kim') }),
      buildEntry({ owner: asUserId('ana') }),
    ]);
    const shared = new SharedChunks();

    const kim = shared.of(await readAs('kim'));
    const ana = shared.of(await readAs('ana'));

    expect(ana[0]?.bytes.equals(kim[0]?.bytes ?? Buffer.alloc(0))).toBeFalse();
    expect(ana[0]?.last).toBe(newest + 3);
  });
});
