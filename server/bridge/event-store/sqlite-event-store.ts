import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { AccountId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import type { Logger } from '../logging/loggers.ts';
import { inTransaction, openDatabase, type Durability } from '../storage/database.ts';
import { integerOf } from '../storage/rows.ts';
import { isFull } from '../storage/sqlite-failure.ts';
import { tryWriting, USUAL_BYTES } from '../storage/write-trial.ts';
import type { Audience, EventStore, LogBounds, NewEntry, StoredEntry, Watch } from './event-store.ts';
import { Checkpoints } from './checkpoints.ts';
import { Latches } from './latches.ts';
import { RecentEntries } from './recent-entries.ts';
import { SqliteEntries, type InsertedEntry } from './sqlite-entries.ts';
import { limitFile } from './full-file.ts';
import { DEFAULT_RETENTION, Retention, type RetentionLimits } from './sqlite-retention.ts';
import { eventMigrations } from './sqlite-event-migrations.ts';

export interface SqliteEventStoreOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly log: Logger;
  readonly now?: () => number;
  readonly retention?: RetentionLimits;
  /** Default: `process`. */
  readonly durability?: Durability;
}

interface PendingAppend {
  readonly entries: readonly NewEntry[];
  readonly resolve: (stored: readonly StoredEntry[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The log in one SQLite file. Everything appended in one turn of the event loop goes into one commit. */
export class SqliteEventStore implements EventStore {
  private readonly database: DatabaseSync;
  private readonly entries: SqliteEntries;
  private readonly recent: RecentEntries;
  private readonly droppedThrough: StatementSync;
  private readonly checkpoints: Checkpoints;
  private readonly latches = new Latches();
  private readonly retention: Retention;
  private readonly log: Logger;
  private readonly now: () => number;
  private pending: PendingAppend[] = [];
  private isOpen = true;
  private canStore = true;
  /** Room that was missing for what was refused, since the last time that something could be stored. */
  private missingBytes = 0;

  constructor({
    path,
    log,
    now = Date.now,
    retention = DEFAULT_RETENTION,
    durability,
  }: SqliteEventStoreOptions) {
    this.database = openDatabase(path, eventMigrations(now()), { log, durability });
    this.log = log;
    this.now = now;
    this.retention = new Retention(this.database, retention);
    limitFile(this.database, retention.maxFileBytes);
    this.checkpoints = new Checkpoints(this.database, path, log);
    this.entries = new SqliteEntries(this.database);
    this.droppedThrough = this.database.prepare('SELECT through FROM dropped WHERE account = ?');
    this.recent = new RecentEntries(this.entries.newest);
  }

  get isStoring(): boolean {
    return this.canStore;
  }

  append(entries: readonly NewEntry[]): Promise<readonly StoredEntry[]> {
    if (!this.isOpen) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      if (this.pending.length === 0) setImmediate(() => this.commitPending());
      this.pending.push({ entries, resolve, reject });
    });
  }

  readAfter(audience: Audience, sequence: number, limit: number): Promise<readonly StoredEntry[]> {
    const recent = this.recent.after(audience, sequence, limit);
    if (recent !== null) return Promise.resolve(recent);
    return this.attempt(() => this.entries.after(audience, sequence, limit));
  }

  bounds(account: AccountId): Promise<LogBounds> {
    const { first, newest } = this.entries;
    return this.attempt(() => {
      const dropped = this.droppedThrough.get(account);
      return { first, newest, droppedThrough: dropped === undefined ? 0 : integerOf(dropped, 'through') };
    });
  }

  watch(account: AccountId, signal: AbortSignal): Watch {
    return this.latches.watch(account, signal);
  }

  tryWriting(): Promise<void> {
    return this.attempt(() => {
      this.tryRoom();
      this.storesAgain();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isOpen) return;
    this.commitPending();
    this.isOpen = false;
    // First the thread: the last one to close brings the rest into the file.
    await this.checkpoints[Symbol.asyncDispose]();
    this.database.close();
  }

  private commitPending(): void {
    const appends = this.pending;
    this.pending = [];
    if (appends.length === 0) return;
    try {
      this.commit(appends);
    } catch (error) {
      if (appends.length === 1) this.commitAgain(appends, error);
      else this.commitOneByOne(appends);
    }
  }

  /** After a failed commit of many: one of them may be at fault, the others must not suffer for it. */
  private commitOneByOne(appends: readonly PendingAppend[]): void {
    for (const append of appends) {
      try {
        this.commit([append]);
      } catch (error) {
        this.commitAgain([append], error);
      }
    }
  }

  /** A log that is full may hold what is too old by now. */
  private commitAgain(appends: readonly PendingAppend[], reason: unknown): void {
    try {
      this.makeRoomAfter(reason);
      this.commit(appends);
    } catch (error) {
      this.fail(appends, error);
    }
  }

  /** As an append would: what is too old makes way. */
  private tryRoom(): void {
    const bytes = Math.max(this.missingBytes, USUAL_BYTES);
    try {
      tryWriting(this.database, bytes);
    } catch (error) {
      this.makeRoomAfter(error);
      tryWriting(this.database, bytes);
    }
  }

  /** @throws the reason, when it is another than a full log or nothing may go */
  private makeRoomAfter(reason: unknown): void {
    if (!isFull(reason) || !this.retention.makeRoom(this.now())) throw reason;
  }

  private commit(appends: readonly PendingAppend[]): void {
    const inserted = this.inTransaction(() => appends.map(({ entries }) => this.insertAll(entries)));
    this.settle(appends, inserted);
  }

  private inTransaction<Result>(work: () => Result): Result {
    try {
      const result = inTransaction(this.database, work);
      this.entries.committed();
      return result;
    } catch (error) {
      this.entries.rolledBack();
      throw error;
    }
  }

  private insertAll(entries: readonly NewEntry[]): readonly InsertedEntry[] {
    const at = this.now();
    return entries.flatMap((entry) => this.entries.insert(entry, at) ?? []);
  }

  private settle(appends: readonly PendingAppend[], inserted: readonly (readonly InsertedEntry[])[]): void {
    const all = inserted.flat();
    this.recent.add(all);
    for (const [index, append] of appends.entries()) append.resolve(newAmong(inserted[index] ?? []));
    for (const account of new Set(all.map((entry) => entry.account))) this.latches.raise(account);
    this.storesAgain();
    this.dropOld(newAmong(all));
    this.checkpoints.committed(all.reduce((sum, { stored }) => sum + stored.payloadJson.length, 0));
  }

  private storesAgain(): void {
    if (!this.canStore) this.log.warn('entries can be stored again');
    this.canStore = true;
    this.missingBytes = 0;
  }

  private dropOld(appended: readonly StoredEntry[]): void {
    try {
      this.retention.after(appended, this.now());
    } catch (error) {
      this.log.error({ err: error }, 'old entries could not be dropped');
    }
  }

  /** Says it once: a full disk is no place for a line per webhook. */
  private fail(appends: readonly PendingAppend[], error: unknown): void {
    if (this.canStore) this.log.error({ err: error }, 'entries could not be stored');
    this.canStore = false;
    this.missingBytes = Math.max(this.missingBytes, ...appends.map(({ entries }) => bytesOf(entries)));
    for (const append of appends) append.reject(unavailable(error));
  }

  private attempt<Result>(work: () => Result): Promise<Result> {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(unavailable(error));
    }
  }
}

const newAmong = (inserted: readonly InsertedEntry[]): readonly StoredEntry[] =>
  inserted.filter(({ isNew }) => isNew).map(({ stored }) => stored);

const bytesOf = (entries: readonly NewEntry[]): number =>
  entries.reduce((sum, { payload }) => sum + Buffer.byteLength(JSON.stringify(payload)), 0);

function unavailable(cause?: unknown): BridgeError {
  return new BridgeError('store-unavailable', 'The log of the bridge cannot be used now.', { cause });
}
