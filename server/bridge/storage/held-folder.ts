import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { StartError } from '../config/start-error.ts';
import { integerOf, textOf } from './rows.ts';
import { isBusy, isFull } from './sqlite-failure.ts';

/** Holds nothing but who holds the folder; its lock is what counts. */
const LOCK_FILE = 'in-use.sqlite';

/**
 * Makes the data folder this process's own: two bridges would give the same sequences in one log.
 *
 * What holds it is a lock of the system on a file, which ends with the process however that ends: nothing has to be cleared
 * away after a crash, and nothing is guessed from numbers of processes.
 *
 * @param folder Is there; `:memory:` needs no lock.
 * @param patienceMs So long another one that is just ending has to let go; nothing else happens in this process meanwhile.
 * @returns Dispose of it after everything in the folder is closed.
 * @throws StartError that says who holds it
 */
export function holdFolder(folder: string, patienceMs: number): Disposable {
  if (folder === ':memory:') return { [Symbol.dispose]: () => undefined };
  const file = join(folder, LOCK_FILE);
  const lock = openLock(file, patienceMs);
  try {
    lock.exec('BEGIN IMMEDIATE');
    tellHolder(lock);
    // A transaction that writes nothing: others can read who holds the folder, and none can begin one of its own.
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const holder = isBusy(error) ? holderIn(lock) : null;
    lock.close();
    throw holder === null ? cannotBeHeld(file, error) : inUse(folder, holder, error);
  }
  return { [Symbol.dispose]: () => lock.close() };
}

function openLock(file: string, patienceMs: number): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: patienceMs });
  } catch (error) {
    throw cannotBeHeld(file, error);
  }
}

/** Ends the transaction. A disk without room keeps nobody from starting: the holder is then told without a name. */
function tellHolder(lock: DatabaseSync): void {
  try {
    lock.exec(`
      CREATE TABLE IF NOT EXISTS holder (
        id INTEGER PRIMARY KEY CHECK (id = 1), process INTEGER NOT NULL, machine TEXT NOT NULL, since TEXT NOT NULL
      ) STRICT`);
    lock
      .prepare('INSERT OR REPLACE INTO holder (id, process, machine, since) VALUES (1, ?, ?, ?)')
      .run(process.pid, hostname(), new Date().toISOString());
    lock.exec('COMMIT');
  } catch (error) {
    if (!isFull(error)) throw error;
    if (lock.isTransaction) lock.exec('ROLLBACK');
  }
}

/** Who holds the folder, in words. */
function holderIn(lock: DatabaseSync): string {
  try {
    const row = lock.prepare('SELECT process, machine, since FROM holder').get();
    if (row === undefined) return 'another process';
    return `process ${integerOf(row, 'process')} on ${textOf(row, 'machine')}, since ${textOf(row, 'since')}`;
  } catch {
    // It holds the folder without having told who it is.
    return 'another process';
  }
}

function inUse(folder: string, holder: string, cause: unknown): StartError {
  return new StartError(
    `DATA_DIR ${folder} is in use by another bridge (${holder}), and a log has one writer: ` +
      'stop that one, or set DATA_DIR to another folder',
    { cause },
  );
}

function cannotBeHeld(file: string, cause: unknown): StartError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StartError(
    `${file} cannot be locked (${reason}). It holds no data: if no other bridge uses this folder, delete it and start again`,
    { cause },
  );
}
