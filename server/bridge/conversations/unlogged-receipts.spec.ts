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

  const conversation = (id: string, closedAt: number | null): ReceiptKey => {
    database
      .prepare(`INSERT INTO conversations VALUES (?, 'demo', 'owner', 'app', '{}', '{}', 0, ?)`)
      .run(id, closedAt);
    return { conversationId: asConversationId(id), dialogId: asDialogId(id), status: 'READ' };
  };

  it('are dropped at a start when their conversation was closed longer ago than the log reaches', () => {
    const keys = [conversation('old', 999), conversation('recent', 1000), conversation('open', null)];
    const before = new UnloggedReceipts(database, log, 1000);
    for (const key of keys) before.add(key, [1, 2]);

    const after = new UnloggedReceipts(database, log, 1000);

    expect(keys.map((key) => after.list(key))).toEqual([[], [1, 2], [1, 2]]);
    expect(database.prepare('SELECT count(*) AS count FROM unlogged_receipts').get()).toEqual(
      jasmine.objectContaining({ count: 4 }),
    );
  });
});
