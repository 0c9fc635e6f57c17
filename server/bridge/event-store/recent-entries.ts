import type { AccountId, UserId } from '#protocol/identifiers';

import type { Audience, StoredEntry } from './event-store.ts';

/** Whose entry it is, and the entry. */
export interface OwnedEntry {
  readonly account: AccountId;
  readonly owner: UserId | null;
  readonly stored: StoredEntry;
}

/** Both bounds together: many small entries or a few of the largest. */
export const RECENT_LIMITS = { entries: 256, bytes: 4 * 1024 * 1024 };

/**
 * The newest entries, in memory: readers who are up to date get them without asking the database, and all get the same
 * objects, so that what is made of an entry once serves them all.
 */
export class RecentEntries {
  private entries: OwnedEntry[] = [];
  private sizeBytes = 0;
  /** Every entry after this one is here. */
  private since: number;
  private readonly limits: typeof RECENT_LIMITS;

  /** @param newest Sequence of the newest entry of the log so far. */
  constructor(newest: number, limits = RECENT_LIMITS) {
    this.since = newest;
    this.limits = limits;
  }

  /** Entries in the order of their sequences, each newer than all before. */
  add(entries: readonly OwnedEntry[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      this.sizeBytes += entry.stored.payloadJson.length;
    }
    if (this.isTooMuch()) this.dropOldest();
  }

  /** The audience's entries after `sequence`, at most `limit`; `null`: they are not all here. */
  after({ account, owner }: Audience, sequence: number, limit: number): readonly StoredEntry[] | null {
    if (sequence < this.since) return null;
    const found: StoredEntry[] = [];
    for (let index = this.firstAfter(sequence); index < this.entries.length; index += 1) {
      const entry = this.entries[index];
      if (found.length === limit || entry === undefined) break;
      const isTheirs = entry.account === account && (entry.owner === null || entry.owner === owner);
      if (isTheirs) found.push(entry.stored);
    }
    return found;
  }

  /** Most readers lack the last few: looked for from the end. */
  private firstAfter(sequence: number): number {
    let index = this.entries.length;
    while ((this.entries[index - 1]?.stored.sequence ?? 0) > sequence) index -= 1;
    return index;
  }

  private isTooMuch(): boolean {
    return this.entries.length > this.limits.entries || this.sizeBytes > this.limits.bytes;
  }

  /** Half of them at once, so that it is seldom. */
  private dropOldest(): void {
    const { entries, bytes } = this.limits;
    let dropped = 0;
    while (this.entries.length - dropped > entries / 2 || this.sizeBytes > bytes / 2) {
      const entry = this.entries[dropped];
      if (entry === undefined) break;
      this.sizeBytes -= entry.stored.payloadJson.length;
      this.since = entry.stored.sequence;
      dropped += 1;
    }
    this.entries = this.entries.slice(dropped);
  }
}
