import type { AccountId } from '#protocol/identifiers';

import type { Audience, EventStore, LogBounds, NewEntry, StoredEntry, Watch } from './event-store.ts';
import type { LogMeter } from './log-meter.ts';

/** Any event store, with what comes into it counted. Disposing of it disposes of the store. */
export class MeteredEventStore implements EventStore {
  private readonly store: EventStore;
  private readonly meter: LogMeter;

  constructor(store: EventStore, meter: LogMeter) {
    this.store = store;
    this.meter = meter;
  }

  get isStoring(): boolean {
    return this.store.isStoring;
  }

  /** What comes of it is counted beside the way: whoever waits for it does not wait for that. */
  append(entries: readonly NewEntry[]): Promise<readonly StoredEntry[]> {
    const appended = this.store.append(entries);
    appended.then(
      (stored) => this.count(entries, stored),
      () => this.meter.notStored(entries.length),
    );
    return appended;
  }

  readAfter(audience: Audience, sequence: number, limit: number): Promise<readonly StoredEntry[]> {
    return this.store.readAfter(audience, sequence, limit);
  }

  bounds(account: AccountId): Promise<LogBounds> {
    return this.store.bounds(account);
  }

  watch(account: AccountId, signal: AbortSignal): Watch {
    return this.store.watch(account, signal);
  }

  tryWriting(): Promise<void> {
    return this.store.tryWriting();
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.store[Symbol.asyncDispose]();
  }

  private count(entries: readonly NewEntry[], stored: readonly StoredEntry[]): void {
    for (const { kind } of stored) this.meter.stored(kind);
    if (stored.length < entries.length) this.meter.duplicates(entries.length - stored.length);
  }
}
