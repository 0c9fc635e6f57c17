import { asAccountId, asUserId } from '#protocol/identifiers';

import { buildEntry } from '../../testing/entries.ts';
import { SqliteEventStore } from '../event-store/sqlite-event-store.ts';
import { createLogger } from '../logging/loggers.ts';
import { entryFrame } from './sse-frame.ts';

describe('the frame of an entry', () => {
  it('is made once and is the same bytes for every reader who is up to date', async () => {
    await using store = new SqliteEventStore({ path: ':memory:', log: createLogger({ level: 'silent' }) });
    const { newest } = await store.bounds(asAccountId('demo'));
    await store.append([buildEntry({ owner: null })]);

    const frames = await Promise.all(
      ['kim', 'ana', 'kim'].map(async (owner) => {
        const audience = { account: asAccountId('demo'), owner: asUserId(owner) };
        const [entry] = await store.readAfter(audience, newest, 10);
        return entryFrame(entry!);
      }),
    );

    expect(frames[1]).toBe(frames[0]);
    expect(frames[2]).toBe(frames[0]);
    expect(frames[0]?.toString()).toMatch(/^event: entry\nid: \d+\ndata: \{.+\}\n\n$/);
  });
});
