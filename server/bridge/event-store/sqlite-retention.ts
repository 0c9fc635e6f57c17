import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { inTransaction } from '../storage/database.ts';
import { integerOf } from '../storage/rows.ts';
import type { StoredEntry } from './event-store.ts';

export interface RetentionLimits {
  /** Entries of all accounts together, refusals apart. */
  readonly maxEntries: number;
  readonly maxAgeMs: number;
  /** What the log may take on disk; the oldest entries go first. */
  readonly maxBytes: number;
  /** What the file may never grow beyond, between two looks at the log either; then nothing more is taken. */
  readonly maxFileBytes: number;
  /** Refused notifications per account. They have a limit of their own, so that a flood pushes out no real event. */
  readonly maxRefusals: number;
  /** Looked after once per this many appended entries. */
  readonly checkEvery: number;
}

export const DEFAULT_RETENTION: RetentionLimits = {
  maxEntries: 200_000,
  maxAgeMs: 14 * 24 * 60 * 60 * 1000,
  maxBytes: 512 * 1024 * 1024,
  maxFileBytes: 1024 * 1024 * 1024,
  maxRefusals: 200,
  checkEvery: 500,
};

/** What counts: refusals have a limit of their own, and repetitions are as few as the events that were repeated. */
const ORDINARY = "kind NOT IN ('notification-refused', 'webhook-duplicate')";
/** A log that grew by this part of what it may take is looked after at once. */
const GROWTH = 1 / 16;
/** How many of the oldest entries one check looks at, so that no check takes long. */
const AGE_WINDOW = 2_000;

/** Drops what is too old or too much, and remembers per account how far, so that a reader learns of its gap. */
export class Retention {
  private readonly database: DatabaseSync;
  private readonly limits: RetentionLimits;
  private readonly nthOldest: StatementSync;
  private readonly oldestAt: StatementSync;
  private readonly aged: StatementSync;
  private readonly pages: StatementSync;
  private sinceCheck = 0;
  private isNew = true;
  private grownBytes = 0;
  /** Ordinary entries in the log; counted once and kept, because counting reads them all. */
  private count: number;

  constructor(database: DatabaseSync, limits: RetentionLimits) {
    this.database = database;
    this.limits = limits;
    this.nthOldest = database.prepare(
      `SELECT sequence FROM entries WHERE ${ORDINARY} ORDER BY sequence LIMIT 1 OFFSET ?`,
    );
    this.oldestAt = database.prepare(`SELECT at FROM entries WHERE ${ORDINARY} ORDER BY sequence LIMIT 1`);
    this.aged = database.prepare(
      `SELECT coalesce(max(sequence), 0) AS sequence FROM
         (SELECT sequence, at FROM entries WHERE ${ORDINARY} ORDER BY sequence LIMIT ${AGE_WINDOW})
       WHERE at < ?`,
    );
    this.pages = database.prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    );
    this.count = firstInteger(database.prepare(`SELECT count(*) AS n FROM entries WHERE ${ORDINARY}`), 'n');
  }

  /** Called after each commit with what was new in it. */
  after(stored: readonly StoredEntry[], now: number): void {
    this.sinceCheck += stored.length;
    this.count += stored.filter(({ kind }) => kind !== 'notification-refused').length;
    this.grownBytes += stored.reduce((sum, { payloadJson }) => sum + payloadJson.length, 0);
    if (this.isNew) this.dropAged(now);
    const isDue = this.sinceCheck >= this.limits.checkEvery;
    if (isDue || this.grownBytes >= this.limits.maxBytes * GROWTH) this.drop(now);
  }

  /** What became too old while nobody was there goes with the first entry. */
  private dropAged(now: number): void {
    this.isNew = false;
    const through = this.lastTooOld(now);
    if (through > 0) inTransaction(this.database, () => this.dropThrough(through));
  }

  /** Drops what may go, now. @returns whether anything went */
  makeRoom(now: number): boolean {
    const before = this.count;
    this.drop(now);
    return this.count < before;
  }

  private drop(now: number): void {
    this.sinceCheck = 0;
    this.grownBytes = 0;
    inTransaction(this.database, () => {
      this.dropThrough(Math.max(this.lastTooMany(), this.lastTooOld(now), this.lastTooLarge()));
      this.dropRefusals();
    });
  }

  /** Entries differ in size: the oldest go by their average, and what is too much after that goes the next time. */
  private lastTooLarge(): number {
    const bytes = firstInteger(this.pages, 'bytes');
    const excess = bytes - this.limits.maxBytes;
    if (excess <= 0 || this.count === 0) return 0;
    const entries = Math.ceil(excess / (bytes / this.count));
    return firstInteger(this.nthOldest, 'sequence', Math.min(entries, this.count) - 1);
  }

  private lastTooMany(): number {
    const excess = this.count - this.limits.maxEntries;
    return excess <= 0 ? 0 : firstInteger(this.nthOldest, 'sequence', excess - 1);
  }

  private lastTooOld(now: number): number {
    const since = Math.trunc(now - this.limits.maxAgeMs);
    return firstInteger(this.oldestAt, 'at') < since ? firstInteger(this.aged, 'sequence', since) : 0;
  }

  private dropThrough(sequence: number): void {
    if (sequence === 0) return;
    const isDropped = `${ORDINARY} AND sequence <= ${sequence}`;
    this.database.exec(`DELETE FROM entries WHERE kind = 'webhook-duplicate' AND sequence <= ${sequence}`);
    this.database.exec(`
      INSERT INTO dropped (account, through)
        SELECT account, max(sequence) FROM entries WHERE ${isDropped} GROUP BY account
        ON CONFLICT (account) DO UPDATE SET through = excluded.through;
    `);
    this.count -= Number(this.database.prepare(`DELETE FROM entries WHERE ${isDropped}`).run().changes);
  }

  private dropRefusals(): void {
    this.database.exec(`
      DELETE FROM entries WHERE sequence IN (
        SELECT sequence FROM (
          SELECT sequence, row_number() OVER (PARTITION BY account ORDER BY sequence DESC) AS place
          FROM entries WHERE kind = 'notification-refused'
        ) WHERE place > ${this.limits.maxRefusals}
      );
    `);
  }
}

/** The one number a query gives, 0 when it gives no row. */
function firstInteger(statement: StatementSync, column: string, ...parameters: readonly number[]): number {
  const row = statement.get(...parameters);
  return row === undefined ? 0 : integerOf(row, column);
}
