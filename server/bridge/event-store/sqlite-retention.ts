import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { inTransaction } from '../storage/database.ts';
import { integerOf } from '../storage/rows.ts';
import type { StoredEntry } from './event-store.ts';

export interface RetentionLimits {
  /** Entries of all accounts together, refusals apart. */
  readonly maxEntries: number;
  readonly maxAgeMs: number;
  /** Refused notifications per account. They have a limit of their own, so that a flood pushes out no real event. */
  readonly maxRefusals: number;
  /** Looked after once per this many appended entries. */
  readonly checkEvery: number;
}

export const DEFAULT_RETENTION: RetentionLimits = {
  maxEntries: 200_000,
  maxAgeMs: 14 * 24 * 60 * 60 * 1000,
  maxRefusals: 200,
  checkEvery: 500,
};

/** What counts: refusals have a limit of their own, and repetitions are as few as the events that were repeated. */
const ORDINARY = "kind NOT IN ('notification-refused', 'webhook-duplicate')";
/** How many of the oldest entries one check looks at, so that no check takes long. */
const AGE_WINDOW = 2_000;

/** Drops what is too old or too much, and remembers per account how far, so that a reader learns of its gap. */
export class Retention {
  private readonly database: DatabaseSync;
  private readonly limits: RetentionLimits;
  private readonly nthOldest: StatementSync;
  private readonly aged: StatementSync;
  private sinceCheck = 0;
  /** Ordinary entries in the log; counted once and kept, because counting reads them all. */
  private count: number;

  constructor(database: DatabaseSync, limits: RetentionLimits) {
    this.database = database;
    this.limits = limits;
    this.nthOldest = database.prepare(
      `SELECT sequence FROM entries WHERE ${ORDINARY} ORDER BY sequence LIMIT 1 OFFSET ?`,
    );
    this.aged = database.prepare(
      `SELECT coalesce(max(sequence), 0) AS sequence FROM
         (SELECT sequence, at FROM entries WHERE ${ORDINARY} ORDER BY sequence LIMIT ${AGE_WINDOW})
       WHERE at < ?`,
    );
    this.count = firstInteger(database.prepare(`SELECT count(*) AS n FROM entries WHERE ${ORDINARY}`), 'n');
  }

  /** Called after each commit with what was new in it. */
  after(stored: readonly StoredEntry[], now: number): void {
    this.sinceCheck += stored.length;
    this.count += stored.filter(({ kind }) => kind !== 'notification-refused').length;
    if (this.sinceCheck < this.limits.checkEvery) return;
    this.sinceCheck = 0;
    inTransaction(this.database, () => {
      this.dropThrough(Math.max(this.lastTooMany(), this.lastTooOld(now)));
      this.dropRefusals();
    });
  }

  private lastTooMany(): number {
    const excess = this.count - this.limits.maxEntries;
    return excess <= 0 ? 0 : firstInteger(this.nthOldest, 'sequence', excess - 1);
  }

  private lastTooOld(now: number): number {
    return firstInteger(this.aged, 'sequence', Math.trunc(now - this.limits.maxAgeMs));
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
