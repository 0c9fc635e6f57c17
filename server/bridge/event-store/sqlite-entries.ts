import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { asUserId } from '#protocol/identifiers';

import { textOrNullOf } from '../storage/rows.ts';
import type { Audience, NewEntry, StoredEntry } from './event-store.ts';
import type { OwnedEntry } from './recent-entries.ts';
import { COUNT_AGAIN, toStoredEntry } from './sqlite-event-schema.ts';

/** What an entry became in the log. */
export interface InsertedEntry extends OwnedEntry {
  /** Not so for the count of an event that came again. */
  readonly isNew: boolean;
}

/** The table of entries: its statements, prepared once. */
export class SqliteEntries {
  private readonly insertion: StatementSync;
  private readonly countAgain: StatementSync;
  private readonly selection: StatementSync;

  constructor(database: DatabaseSync) {
    this.insertion = database.prepare(
      `INSERT INTO entries (at, account, owner, conversation_id, kind, payload, delivery_key)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.countAgain = database.prepare(
      `${COUNT_AGAIN} RETURNING sequence, at, owner, conversation_id, kind, payload`,
    );
    this.selection = database.prepare(
      `SELECT sequence, at, conversation_id, kind, payload FROM entries
       WHERE account = ? AND sequence > ? AND (owner IS NULL OR owner = ?) ORDER BY sequence LIMIT ?`,
    );
  }

  /** `null`: its delivery key is known, and nothing counts that. */
  insert(entry: NewEntry, at: number): InsertedEntry | null {
    const { account, owner, conversationId, payload, deliveryKey } = entry;
    const { kind } = payload;
    const payloadJson = JSON.stringify(payload);
    const values = [at, account, owner, conversationId, kind, payloadJson, deliveryKey];
    const { changes, lastInsertRowid } = this.insertion.run(...values);
    if (changes === 0) return this.count(entry, at);
    const stored = { sequence: Number(lastInsertRowid), at, conversationId, kind, payloadJson };
    return { account, owner, stored, isNew: true };
  }

  after(audience: Audience, sequence: number, limit: number): readonly StoredEntry[] {
    return this.selection.all(audience.account, sequence, audience.owner, limit).map(toStoredEntry);
  }

  private count({ account, deliveryKey }: NewEntry, at: number): InsertedEntry | null {
    const row = this.countAgain.get(at, account, deliveryKey);
    if (row === undefined) return null;
    const owner = textOrNullOf(row, 'owner');
    return {
      account,
      owner: owner === null ? null : asUserId(owner),
      stored: toStoredEntry(row),
      isNew: false,
    };
  }
}
