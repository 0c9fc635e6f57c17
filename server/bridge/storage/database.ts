import { DatabaseSync } from 'node:sqlite';

import { StartError } from '../config/start-error.ts';
import type { Logger } from '../logging/loggers.ts';
import { checkSoundness, isDamage, isWorthChecking, setAside } from './damaged-file.ts';
import { integerOf } from './rows.ts';
import { reasonOf } from './sqlite-failure.ts';

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

export interface OpenOptions {
  /** Is told of a file that was damaged. */
  readonly log: Logger;
  /** Default: `process`. */
  readonly durability?: Durability | undefined;
}

/**
 * Opens a database and brings it to its newest form. A damaged one is kept under another name, and a new one is made: a
 * bridge that starts and says what is gone is worth more than one that does not start.
 *
 * @param path A file, or `:memory:`.
 * @throws StartError when the file cannot be used, or was written by a newer version
 */
export function openDatabase(
  path: string,
  migrations: readonly Migration[],
  options: OpenOptions,
): DatabaseSync {
  try {
    return openSound(path, migrations, options);
  } catch (error) {
    if (!isDamage(error)) throw toStartError(path, error);
    const keptAs = attempt(path, () => setAside(path, new Date()));
    options.log.error(
      { err: error, path, keptAs },
      'a database was damaged: it is kept under another name, and a new one is made',
    );
    return attempt(path, () => openSound(path, migrations, options));
  }
}

function openSound(
  path: string,
  migrations: readonly Migration[],
  { durability = 'process' }: OpenOptions,
): DatabaseSync {
  const isChecked = isWorthChecking(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(`
      PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000;
      PRAGMA synchronous = ${SYNCHRONOUS[durability]};
    `);
    if (isChecked) checkSoundness(database);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw toStartError(path, error);
  }
}

function toStartError(path: string, error: unknown): StartError {
  if (error instanceof StartError) return error;
  return new StartError(`${path} cannot be opened: ${reasonOf(error)}`, { cause: error });
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
