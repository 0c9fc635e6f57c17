import { existsSync, renameSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { isCorrupt } from './sqlite-failure.ts';

/** Files of one database: SQLite keeps what is not yet in the main file beside it. */
const PARTS = ['', '-wal', '-shm'] as const;
/** Reading a database of this size as a whole takes a fraction of a second. */
const SMALL_BYTES = 64 * 1024 * 1024;

/** A database whose content contradicts itself. */
class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase';
}

/** Whether the file, and not the way to it, is at fault. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedDatabase || isCorrupt(error);
}

/** Whether all of the file should be read before it is relied on: it was left open by a crash, or is small. */
export function isWorthChecking(path: string): boolean {
  return sizeOf(`${path}-wal`) > 0 || sizeOf(path) <= SMALL_BYTES;
}

/** Reads the whole database. @throws when it is damaged */
export function checkSoundness(database: DatabaseSync): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all();
  const verdict = Object.values(first ?? {})[0];
  if (verdict !== 'ok') throw new DamagedDatabase(String(verdict));
}

/** Gives the database another name and frees its own. @returns the name of its main file now */
export function setAside(path: string, now: Date): string {
  const keptAs = `${path}.damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const part of PARTS) {
    if (existsSync(path + part)) renameSync(path + part, keptAs + part);
  }
  return keptAs;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
