/** SQLite's kinds of failure that the bridge can do something about. */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Whether another connection has what was asked for. */
export const isBusy = (error: unknown): boolean => kindOf(error) === SQLITE_BUSY;

/** Whether the file, or the disk, has no room left. */
export const isFull = (error: unknown): boolean => kindOf(error) === SQLITE_FULL;

/** Whether it is the disk that keeps anything from being written or read: no defect of whoever asked for it. */
export function isOfDisk(error: unknown): boolean {
  const kind = kindOf(error);
  return kind !== null && DISK_FAILURES.has(kind);
}

const DISK_FAILURES = new Set([SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN]);

/** Whether what is in the file contradicts itself, or is no database. */
export const isCorrupt = (error: unknown): boolean =>
  kindOf(error) === SQLITE_CORRUPT || kindOf(error) === SQLITE_NOTADB;

/** What failed, in the words of whoever threw it. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The lowest byte of SQLite's code is the kind; the rest says more about it. */
function kindOf(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
