import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import * as v from 'valibot';

import { StartError } from '../config/start-error.ts';
import { isBusy, reasonOf } from './sqlite-failure.ts';

/** Holds nothing; its lock is what counts. */
const LOCK_FILE = 'in-use.sqlite';
/** Tells who has the lock. */
const HOLDER_FILE = 'in-use.json';

const holderSchema = v.object({ process: v.number(), machine: v.string(), since: v.string() });
type Holder = v.InferOutput<typeof holderSchema>;

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
    let refused = tryToHold(lock, folder);
    if (refused !== null && patienceMs > 0) {
      waiting?.(
        `DATA_DIR ${folder} is in use by ${refused.holder}; waiting up to ${secondsOf(patienceMs)} for it to end`,
      );
      lock.exec(`PRAGMA busy_timeout = ${Math.ceil(patienceMs)}`);
      refused = tryToHold(lock, folder);
    }
    if (refused !== null) throw inUse(folder, refused);
  } catch (error) {
    lock.close();
    throw error instanceof StartError ? error : cannotBeHeld(file, error);
  }
  return { [Symbol.dispose]: () => letGo(lock, folder) };
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
function tryToHold(lock: DatabaseSync, folder: string): Refused | null {
  try {
    // A transaction that never writes: nobody else can begin one.
    lock.exec('BEGIN IMMEDIATE');
  } catch (cause) {
    if (isBusy(cause)) return { holder: holderOf(folder), cause };
    throw cause;
  }
  tellHolder(folder);
  return null;
}

/** Only who has the lock writes the name and takes it away. A name that cannot be written keeps nobody from starting. */
function tellHolder(folder: string): void {
  const holder: Holder = { process: process.pid, machine: hostname(), since: new Date().toISOString() };
  try {
    writeFileSync(join(folder, HOLDER_FILE), JSON.stringify(holder));
  } catch {
    forgetHolder(folder);
  }
}

/** So that nobody takes it for the name of the next one. */
function forgetHolder(folder: string): void {
  try {
    rmSync(join(folder, HOLDER_FILE), { force: true });
  } catch {
    // It cannot be written either, then: whoever reads it finds no name.
  }
}

/** Who holds the folder, in words. */
function holderOf(folder: string): string {
  try {
    const content: unknown = JSON.parse(readFileSync(join(folder, HOLDER_FILE), 'utf8'));
    const holder = v.parse(holderSchema, content);
    return `process ${holder.process} on ${holder.machine}, since ${holder.since}`;
  } catch {
    // It holds the folder without having told who it is.
    return 'another process';
  }
}

function letGo(lock: DatabaseSync, folder: string): void {
  forgetHolder(folder);
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
