/** SQLite's kinds of failure that the bridge can do something about. */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

/** Whether another connection has what was asked for. */
export const isBusy = (error: unknown): boolean => kindOf(error) === SQLITE_BUSY;

/** Whether the file, or the disk, has no room left. */
export const isFull = (error: unknown): boolean => kindOf(error) === SQLITE_FULL;

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
