import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { asUserId, type AccountId } from '#protocol/identifiers';

import { textOrNullOf } from '../storage/rows.ts';
import type { Audience, NewEntry, StoredEntry } from './event-store.ts';
import { KnownKeys } from './known-keys.ts';
import type { OwnedEntry } from './recent-entries.ts';
import { COUNT_AGAIN, readFirst, readNewest, readOldestKeyed, toStoredEntry } from './sqlite-event-schema.ts';

/** What an entry became in the log. */
export interface InsertedEntry extends OwnedEntry {
  /** Not so for the count of an event that came again. */
  readonly isNew: boolean;
}

/** The table of entries: its statements, prepared once, and where its delivery keys are. */
export class SqliteEntries {
  /** A cursor below it belongs to another log. */
  readonly first: number;
  private readonly database: DatabaseSync;
  private readonly insertion: StatementSync;
  private readonly deletion: StatementSync;
  private readonly countAgain: StatementSync;
  private readonly keyAt: StatementSync;
  private readonly selection: StatementSync;
  private readonly keys: KnownKeys;
  private newestSequence: number;

  constructor(database: DatabaseSync) {
    this.database = database;
    this.first = readFirst(database);
    this.newestSequence = readNewest(database);
    this.keys = new KnownKeys(this.first, () => readOldestKeyed(database));
    this.insertion = database.prepare(
      `INSERT INTO entries (sequence, at, account, owner, conversation_id, kind, payload, delivery_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.deletion = database.prepare('DELETE FROM entries WHERE sequence = ?');
    this.countAgain = database.prepare(COUNT_AGAIN);
    this.keyAt = database.prepare('SELECT account, delivery_key FROM entries WHERE sequence = ?');
    this.selection = database.prepare(
      `SELECT sequence, at, conversation_id, kind, payload FROM entries
       WHERE account = ? AND sequence > ? AND (owner IS NULL OR owner = ?) ORDER BY sequence LIMIT ?`,
    );
    this.readKeys();
  }

  /** Sequence of the newest entry there ever was. */
  get newest(): number {
    return this.newestSequence;
  }

  /** `null`: its delivery key is known, and nothing counts that. */
  insert(entry: NewEntry, at: number): InsertedEntry | null {
    const { account, deliveryKey } = entry;
    if (deliveryKey === null) return this.write(entry, at);
    const original = this.sequenceOf(account, deliveryKey);
    return original === null ? this.write(entry, at) : this.count(account, deliveryKey, original, at);
  }

  after(audience: Audience, sequence: number, limit: number): readonly StoredEntry[] {
    return this.selection.all(audience.account, sequence, audience.owner, limit).map(toStoredEntry);
  }

  /** What was inserted since the transaction began stays. */
  committed(): void {
    this.keys.keep();
  }

  /** What was inserted since the transaction began is gone. */
  rolledBack(): void {
    this.keys.undo();
    this.newestSequence = readNewest(this.database);
  }

  private write(
    { account, owner, conversationId, payload, deliveryKey }: NewEntry,
    at: number,
  ): InsertedEntry {
    const sequence = this.newestSequence + 1;
    const { kind } = payload;
    const payloadJson = JSON.stringify(payload);
    this.insertion.run(sequence, at, account, owner, conversationId, kind, payloadJson, deliveryKey);
    this.newestSequence = sequence;
    if (deliveryKey !== null) this.keys.add(account, deliveryKey, sequence);
    return { account, owner, stored: { sequence, at, conversationId, kind, payloadJson }, isNew: true };
  }

  /** @param original Sequence of the entry with this account and delivery key. */
  private count(account: AccountId, deliveryKey: string, original: number, at: number): InsertedEntry | null {
    const key = againKey(deliveryKey);
    const earlier = this.sequenceOf(account, key);
    const row = this.countAgain.get(this.newestSequence + 1, at, earlier, key, original);
    if (row === undefined) return null;
    const stored = toStoredEntry(row);
    this.newestSequence = stored.sequence;
    if (earlier === null) this.keys.add(account, key, stored.sequence);
    else this.replace(account, key, { from: earlier, to: stored.sequence });
    const owner = textOrNullOf(row, 'owner');
    return { account, owner: owner === null ? null : asUserId(owner), stored, isNew: false };
  }

  /** One place for a count, not one for each repetition: a storm of them would fill the memory, and each wait for all before. */
  private replace(
    account: AccountId,
    key: string,
    sequences: { readonly from: number; readonly to: number },
  ) {
    this.deletion.run(sequences.from);
    this.keys.move(account, key, sequences);
  }

  private sequenceOf(account: string, key: string): number | null {
    return this.keys.find(account, key, (sequence) => {
      const row = this.keyAt.get(sequence);
      return row?.['account'] === account && row['delivery_key'] === key;
    });
  }

  /** As lists, which take half the time of objects: there may be some hundred thousand. */
  private readKeys(): void {
    const keyed = this.database.prepare(
      'SELECT account, delivery_key, sequence FROM entries WHERE delivery_key IS NOT NULL',
    );
    keyed.setReturnArrays(true);
    for (const { 0: account, 1: key, 2: sequence } of keyed.iterate()) {
      if (typeof account !== 'string' || typeof key !== 'string' || typeof sequence !== 'number') continue;
      this.keys.add(account, key, sequence);
    }
    this.keys.keep();
  }
}

const againKey = (deliveryKey: string): string => `again/${deliveryKey}`;
