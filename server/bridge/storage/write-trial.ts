import type { DatabaseSync } from 'node:sqlite';

import type { Migration } from './database.ts';

/** The place where a write is tried. */
export const WRITE_TRIAL: Migration = {
  name: 'a place to try writing',
  sql: 'CREATE TABLE write_trial (id INTEGER PRIMARY KEY CHECK (id = 1), tries INTEGER NOT NULL) STRICT;',
};

/** A commit that changes the file, so that a full disk, a read-only file or a lock shows. @throws when it fails */
export function tryWriting(database: DatabaseSync): void {
  database.exec(
    'INSERT INTO write_trial (id, tries) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET tries = tries + 1',
  );
}
