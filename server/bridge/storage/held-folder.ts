import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { StartError } from '../config/start-error.ts';
import { integerOf, textOf } from './rows.ts';
import { isBusy, isFull, reasonOf } from './sqlite-failure.ts';

/** Holds nothing but who holds the folder; its lock is what counts. */
const LOCK_FILE = 'in-use.sqlite';

/** How to wait for a folder that another process has, which may be just ending. */
export interface FolderPatience {
  /** Nothing else happens in this process meanwhile. */
  readonly patienceMs: number;
  /** Is told, before the waiting starts, who is waited for and how long. */
  readonly waiting?: (words: string) => void;
}

/**
 * Makes the data folder this process's own: two bridges would give the same sequences in one log.
 *
 * What holds it is a lock of the system on a file, which ends with the process however that ends: nothing has to be cleared
 * away after a crash, and nothing is guessed from numbers of processes.
 *
 * @param folder Is there; `:memory:` needs no lock.
 * @returns Dispose of it after everything in the folder is closed.
 * @throws StartError that says who holds it
 */
export function holdFolder(folder: string, { patienceMs, waiting }: FolderPatience): Disposable {
  if (folder === ':memory:') return { [Symbol.dispose]: () => undefined };
  const file = join(folder, LOCK_FILE);
  const lock = openLock(file);
  try {
    let refused = tryToHold(lock);
    if (refused !== null && patienceMs > 0) {
      waiting?.(
        `DATA_DIR ${folder} is in use by ${refused.holder}; waiting up to ${secondsOf(patienceMs)} for it to end`,
      );
      lock.exec(`PRAGMA busy_timeout = ${Math.ceil(patienceMs)}`);
      refused = tryToHold(lock);
    }
    if (refused !== null) throw inUse(folder, refused);
  } catch (error) {
    lock.close();
    throw error instanceof StartError ? error : cannotBeHeld(file, error);
  }
  return { [Symbol.dispose]: () => letGo(lock) };
}

const secondsOf = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw cannotBeHeld(file, error);
  }
}

/** Who has the folder, in words, and how that was found. */
interface Refused {
  readonly holder: string;
  readonly cause: unknown;
}

/** @returns why it is not held; `null`: it is */
function tryToHold(lock: DatabaseSync): Refused | null {
  let holder = holderIn;
  try {
    do {
      if (lock.isTransaction) lock.exec('ROLLBACK');
      lock.exec('BEGIN IMMEDIATE');
      if (tellHolder(lock)) holder = () => SOMEBODY;
      // A transaction that writes nothing: others can read who holds the folder, and none can begin one of its own.
      lock.exec('BEGIN IMMEDIATE');
      // Between the two another process may have told its name, and then lost the folder to this one.
    } while (holder !== holderIn && !isTold(lock));
    return null;
  } catch (cause) {
    if (isBusy(cause)) return { holder: holder(lock), cause };
    throw cause;
  }
}

const MACHINE = hostname();
const SOMEBODY = 'another process';

/**
 * Ends the transaction. @returns whether others can read the name now: a disk without room keeps nobody from starting, and the
 * holder is then told without a name
 */
function tellHolder(lock: DatabaseSync): boolean {
  try {
    lock.exec(`
      CREATE TABLE IF NOT EXISTS holder (
        id INTEGER PRIMARY KEY CHECK (id = 1), process INTEGER NOT NULL, machine TEXT NOT NULL, since TEXT NOT NULL
      ) STRICT`);
    lock
      .prepare('INSERT OR REPLACE INTO holder (id, process, machine, since) VALUES (1, ?, ?, ?)')
      .run(process.pid, MACHINE, new Date().toISOString());
    lock.exec('COMMIT');
    return true;
  } catch (error) {
    if (!isFull(error)) throw error;
    if (lock.isTransaction) lock.exec('ROLLBACK');
    return false;
  }
}

/** Whether the name that others read is that of this process. */
const isTold = (lock: DatabaseSync): boolean =>
  lock.prepare('SELECT 1 FROM holder WHERE process = ? AND machine = ?').get(process.pid, MACHINE) !==
  undefined;

/** Who holds the folder, in words. */
function holderIn(lock: DatabaseSync): string {
  try {
    const row = lock.prepare('SELECT process, machine, since FROM holder').get();
    if (row === undefined) return SOMEBODY;
    return `process ${integerOf(row, 'process')} on ${textOf(row, 'machine')}, since ${textOf(row, 'since')}`;
  } catch {
    // It holds the folder without having told who it is.
    return SOMEBODY;
  }
}

/** The name goes with the lock, so that nobody takes it for that of the next one. */
function letGo(lock: DatabaseSync): void {
  try {
    lock.exec('DELETE FROM holder; COMMIT');
  } catch {
    // Without room on the disk the name stays, until the next holder tells its own.
  }
  lock.close();
}

function inUse(folder: string, { holder, cause }: Refused): StartError {
  return new StartError(
    `DATA_DIR ${folder} is in use by another bridge (${holder}), and a log has one writer: ` +
      'stop that one, or set DATA_DIR to another folder',
    { cause },
  );
}

function cannotBeHeld(file: string, cause: unknown): StartError {
  return new StartError(
    `${file} cannot be locked (${reasonOf(cause)}). It holds no data: if no other bridge uses this folder, delete it and start again`,
    { cause },
  );
}
