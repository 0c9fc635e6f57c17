import { DatabaseSync } from 'node:sqlite';

import { StartError } from '../config/start-error.ts';
import { integerOf } from './rows.ts';

/** One step of a database's form; steps are only ever added at the end. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * What a commit survives. `process`: the end of the process, whatever ends it. `power`: also a power cut, because each commit
 * waits until the disk has it.
 */
export type Durability = 'process' | 'power';

const SYNCHRONOUS: Readonly<Record<Durability, string>> = { process: 'NORMAL', power: 'FULL' };

/**
 * Opens a database and brings it to its newest form.
 * @param path A file, or `:memory:`.
 * @throws StartError when the file cannot be used, or was written by a newer version
 */
export function openDatabase(
  path: string,
  migrations: readonly Migration[],
  durability: Durability = 'process',
): DatabaseSync {
  try {
    const database = new DatabaseSync(path);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${SYNCHRONOUS[durability]}; PRAGMA busy_timeout = 5000;`,
    );
    migrate(database, migrations);
    return database;
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** Runs `work` in one transaction: all of it or nothing. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT may have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function migrate(database: DatabaseSync, migrations: readonly Migration[]): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  );
  const row = database.prepare('SELECT count(*) AS done FROM migrations').get();
  const done = row === undefined ? 0 : integerOf(row, 'done');
  if (done > migrations.length)
    throw new StartError('DATA_DIR was written by a newer version of this program');
  for (const [index, { name, sql }] of migrations.entries()) {
    if (index < done) continue;
    inTransaction(database, () => {
      database.exec(sql);
      database
        .prepare('INSERT INTO migrations (id, name, at) VALUES (?, ?, ?)')
        .run(index + 1, name, Date.now());
    });
  }
}
