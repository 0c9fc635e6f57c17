import type { DatabaseSync } from 'node:sqlite';

import { asConversationId, asDialogId } from '#protocol/identifiers';

import { createLogger } from '../logging/loggers.ts';
import { openBridgeDatabase } from '../storage/bridge-database.ts';
import { UnloggedReceipts, type ReceiptKey } from './unlogged-receipts.ts';

describe('receipts that the log did not take', () => {
  const log = createLogger({ level: 'silent' });
  let database: DatabaseSync;
  beforeEach(() => (database = openBridgeDatabase(':memory:', { log })));
  afterEach(() => database.close());

  const DAY_MS = 86_400_000;
  let now = 0;
  const start = (most?: number): UnloggedReceipts =>
    new UnloggedReceipts({
      ...{ database, log, now: () => now, maxAgeMs: 14 * DAY_MS },
      ...(most !== undefined && { most }),
    });
  const key = (id: string): ReceiptKey => ({
    conversationId: asConversationId(id),
    dialogId: asDialogId(id),
    status: 'READ',
  });
  const stored = () => database.prepare('SELECT count(*) AS count FROM unlogged_receipts').get()?.['count'];

  it('are known after a start, as long as the log would have them, whether their conversation was closed or not', () => {
    const before = start();
    now = 0;
    before.add(key('old'), [1, 2]);
    now = DAY_MS;
    before.add(key('newer'), [1, 2]);

    now = 14 * DAY_MS + 1;
    const after = start();

    expect([after.list(key('old')), after.list(key('newer'))]).toEqual([[], [1, 2]]);
    expect(stored()).toBe(2);
  });

  it('are so many at most: those of the dialog that waited for longest go first, in memory and on disk', () => {
    const receipts = start(5);
    for (const id of ['a', 'b', 'c']) {
      now += 1;
      receipts.add(key(id), [1, 2]);
    }

    expect(['a', 'b', 'c'].map((id) => receipts.list(key(id)))).toEqual([[], [1, 2], [1, 2]]);
    expect(stored()).toBe(4);
    expect(['b', 'c'].map((id) => start(2).list(key(id)))).toEqual([[], [1, 2]]);
    expect(stored()).toBe(2);
  });

  it('count once, however often they are told, and not any more when the log has them', () => {
    const receipts = start(2);
    receipts.add(key('a'), [1, 2]);
    receipts.add(key('a'), [1, 2]);
    expect(receipts.list(key('a'))).toEqual([1, 2]);

    receipts.remove(key('a'), [1, 2]);
    receipts.add(key('b'), [1, 2]);

    expect(receipts.list(key('b'))).toEqual([1, 2]);
    expect(stored()).toBe(2);
  });
});
