import type { DatabaseSync } from 'node:sqlite';

import { integerOf } from '../storage/rows.ts';

/** From now on the file takes no more than this; what does not fit is refused. */
export function limitFile(database: DatabaseSync, maxBytes: number): void {
  const row = database.prepare('PRAGMA page_size').get();
  const pageBytes = row === undefined ? 4096 : integerOf(row, 'page_size');
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.ceil(maxBytes / pageBytes))}`);
}
