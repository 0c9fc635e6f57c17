import type { DatabaseSync } from 'node:sqlite';

import { inTransaction, type Migration } from './database.ts';

/** The place where a write is tried. */
export const WRITE_TRIAL: Migration = {
  name: 'a place to try writing',
  sql: 'CREATE TABLE write_trial (id INTEGER PRIMARY KEY CHECK (id = 1), tries INTEGER NOT NULL) STRICT;',
};

/** A trial takes room as what it stands for would; without it, a full file would pass by changing a row in place. */
export const TRIAL_ROOM: Migration = {
  name: 'room for a trial',
  sql: 'ALTER TABLE write_trial ADD COLUMN room BLOB;',
};

/** What a webhook with its exchange takes, generously. */
export const USUAL_BYTES = 16 * 1024;

/**
 * A commit that takes this much room and gives it back, so that a full disk, a full file, a read-only file or a lock shows.
 * @throws when it fails
 */
export function tryWriting(database: DatabaseSync, bytes = USUAL_BYTES): void {
  inTransaction(database, () => {
    database.exec(`
      INSERT INTO write_trial (id, tries, room) VALUES (1, 1, zeroblob(${bytes}))
        ON CONFLICT (id) DO UPDATE SET tries = tries + 1, room = excluded.room;
      UPDATE write_trial SET room = NULL;
    `);
  });
}
