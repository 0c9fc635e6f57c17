import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import type { Audience, NewEntry } from '../event-store/event-store.ts';
import { SqliteEventStore } from '../event-store/sqlite-event-store.ts';
import { createLogger } from '../logging/loggers.ts';
import type { FeedPage } from './audience-feed.ts';
import { CatchUpPages } from './catch-up-pages.ts';

const kim: Audience = { account: asAccountId('demo'), owner: asUserId('kim') };
const ana: Audience = { ...kim, owner: asUserId('ana') };

describe('pages for readers that are not up to date', () => {
  let store: SqliteEventStore;
  let pages: CatchUpPages;
  beforeEach(() => {
    store = new SqliteEventStore({ path: ':memory:', log: createLogger({ level: 'silent' }) });
    pages = new CatchUpPages(store);
  });
  afterEach(() => store[Symbol.asyncDispose]());

  const read = async (audience = kim, after = 0): Promise<FeedPage> =>
    pages.read(audience, after, await store.bounds(audience.account));

  const append = (parts: Partial<NewEntry> = {}): Promise<unknown> =>
    store.append([{ ...buildEntry(), ...parts }]);

  const sequencesOf = ({ entries }: FeedPage): readonly number[] => entries.map(({ sequence }) => sequence);

  it('are read and framed once for all that lack the same', async () => {
    await append();

    expect((await read()).chunks[0]?.bytes).toBe((await read()).chunks[0]!.bytes);
  });

  it('have what came since', async () => {
    await append();
    const before = sequencesOf(await read());
    await append();

    const after = sequencesOf(await read());

    expect(after.length).toBe(2);
    expect(after.slice(0, 1)).toEqual(before);
  });

  it('begin after what the reader has', async () => {
    await append();
    await append();
    const [first = 0, second = 0] = sequencesOf(await read());

    expect(sequencesOf(await read(kim, first))).toEqual([second]);
  });

  it('are nobody else’s', async () => {
    await append({ owner: kim.owner });
    await read(kim);

    expect(sequencesOf(await read(ana))).toEqual([]);
  });

  it('are not kept in memory when they are large', async () => {
    await append(buildEntry({ name: 'x'.repeat(300_000) }));

    expect((await read()).chunks[0]?.bytes).not.toBe((await read()).chunks[0]!.bytes);
  });
});
