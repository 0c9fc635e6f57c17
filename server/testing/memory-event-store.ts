import type { AccountId, UserId } from '#protocol/identifiers';

import { BridgeError } from '../bridge/errors/bridge-error.ts';
import type {
  Audience,
  EventStore,
  LogBounds,
  NewEntry,
  StoredEntry,
  Watch,
} from '../bridge/event-store/event-store.ts';
import { Latches } from '../bridge/event-store/latches.ts';

interface Kept {
  readonly account: AccountId;
  readonly owner: UserId | null;
  readonly deliveryKey: string | null;
  readonly stored: StoredEntry;
}

/**
 * The log in a list: the second adapter of the port, to prove that its contract asks for nothing that only the first can
 * give. Not shipped: it forgets everything and drops nothing.
 */
export class MemoryEventStore implements EventStore {
  readonly isStoring = true;
  private kept: Kept[] = [];
  private newest = 0;
  private isOpen = true;
  private readonly latches = new Latches();

  append(entries: readonly NewEntry[]): Promise<readonly StoredEntry[]> {
    if (!this.isOpen) return Promise.reject(closed());
    const added = entries.flatMap((entry) => {
      const original = this.find(entry.account, entry.deliveryKey);
      if (original === undefined) return [this.keep(entry, JSON.stringify(entry.payload))];
      if (original.stored.kind === 'notification') this.countAgain(original);
      return [];
    });
    for (const account of new Set(entries.map((entry) => entry.account))) this.latches.raise(account);
    return Promise.resolve(added);
  }

  readAfter({ account, owner }: Audience, sequence: number, limit: number): Promise<readonly StoredEntry[]> {
    const isFor = (kept: Kept): boolean =>
      kept.account === account && (kept.owner === null || kept.owner === owner);
    const entries = this.kept.filter((kept) => isFor(kept) && kept.stored.sequence > sequence);
    return Promise.resolve(entries.slice(0, limit).map(({ stored }) => stored));
  }

  bounds(): Promise<LogBounds> {
    return Promise.resolve({ first: 1, droppedThrough: 0, newest: this.newest });
  }

  watch(account: AccountId, signal: AbortSignal): Watch {
    return this.latches.watch(account, signal);
  }

  tryWriting(): Promise<void> {
    return this.isOpen ? Promise.resolve() : Promise.reject(closed());
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.isOpen = false;
    return Promise.resolve();
  }

  private find(account: AccountId, deliveryKey: string | null): Kept | undefined {
    if (deliveryKey === null) return undefined;
    return this.kept.find((kept) => kept.account === account && kept.deliveryKey === deliveryKey);
  }

  /** The count so far gives way to the next one. */
  private countAgain({ account, owner, deliveryKey, stored }: Kept): void {
    const countKey = `again/${deliveryKey ?? ''}`;
    const before = this.find(account, countKey);
    this.kept = this.kept.filter((kept) => kept !== before);
    const count = before === undefined ? 1 : countIn(before.stored) + 1;
    const payload = { kind: 'webhook-duplicate', original: stored.sequence, count } as const;
    const { conversationId } = stored;
    this.keep({ account, owner, conversationId, payload, deliveryKey: countKey }, JSON.stringify(payload));
  }

  private keep(entry: NewEntry, payloadJson: string): StoredEntry {
    this.newest += 1;
    const { account, owner, conversationId, deliveryKey, payload } = entry;
    const { kind } = payload;
    const stored = { sequence: this.newest, at: Date.now(), conversationId, kind, payloadJson };
    this.kept.push({ account, owner, deliveryKey, stored });
    return stored;
  }
}

const countIn = ({ payloadJson }: StoredEntry): number =>
  (JSON.parse(payloadJson) as { readonly count: number }).count;

const closed = (): BridgeError => new BridgeError('store-unavailable', 'The log is closed.');
