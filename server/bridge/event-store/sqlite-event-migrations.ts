import type { Migration } from '../storage/database.ts';
import { TRIAL_ROOM, WRITE_TRIAL } from '../storage/write-trial.ts';

/**
 * @param createdAt A new log counts from its creation time on, so that a cursor of a log that is gone (the folder was
 * emptied) is below the first entry of the new one and is recognised.
 */
export function eventMigrations(createdAt: number): readonly Migration[] {
  return [
    {
      name: 'first form',
      sql: `
        CREATE TABLE entries (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          account TEXT NOT NULL,
          owner TEXT,
          conversation_id TEXT,
          kind TEXT NOT NULL,
          payload TEXT NOT NULL,
          delivery_key TEXT
        ) STRICT;
        INSERT INTO sqlite_sequence (name, seq) VALUES ('entries', ${Math.trunc(createdAt)});
        CREATE INDEX entries_by_account ON entries (account, sequence);
        CREATE UNIQUE INDEX entries_by_delivery ON entries (account, delivery_key)
          WHERE delivery_key IS NOT NULL;
        CREATE INDEX refusals_by_account ON entries (account, sequence) WHERE kind = 'notification-refused';

        CREATE TABLE log (first INTEGER NOT NULL) STRICT;
        INSERT INTO log VALUES (${Math.trunc(createdAt) + 1});

        CREATE TABLE dropped (account TEXT PRIMARY KEY, through INTEGER NOT NULL) STRICT;
      `,
    },
    WRITE_TRIAL,
    TRIAL_ROOM,
    KEYS_IN_MEMORY,
  ];
}

/**
 * An index of delivery keys had a page to write for each conversation in a commit, and a counter of sequences one more. Keys
 * now stand beside the sequences, in the order in which they come. @see docs/adr/0008-duplicates-in-memory.md
 */
const KEYS_IN_MEMORY: Migration = {
  name: 'duplicates are looked for in memory',
  sql: `
    ALTER TABLE entries RENAME TO entries_before;
    CREATE TABLE entries (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      owner TEXT,
      conversation_id TEXT,
      kind TEXT NOT NULL,
      payload TEXT NOT NULL,
      delivery_key TEXT
    ) STRICT;
    INSERT INTO entries
      SELECT sequence, at, account, owner, conversation_id, kind, payload, delivery_key
      FROM entries_before ORDER BY sequence;
    DROP TABLE entries_before;
    CREATE INDEX entries_by_account ON entries (account, sequence, delivery_key);
    CREATE INDEX refusals_by_account ON entries (account, sequence) WHERE kind = 'notification-refused';
  `,
};
