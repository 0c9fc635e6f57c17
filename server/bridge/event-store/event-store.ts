import type { LogKind, LogPayload } from '#protocol/bridge-events';
import type { AccountId, ConversationId, UserId } from '#protocol/identifiers';

/**
 * The bridge's log: what happened, in one order, kept on disk. It is the only truth: everything a browser shows is
 * read from here, and a webhook is acknowledged only after it is here.
 *
 * A port. What every adapter must do is in `event-store.contract.ts`.
 */
export interface EventStore extends AsyncDisposable {
  /** Whether what was appended last could be stored; true again as soon as writing was tried and there is room for it. */
  readonly isStoring: boolean;
  /**
   * Appends all entries or none; resolves when they are durable.
   *
   * @returns The entries that are new. One whose delivery key the account has already is left out; for a notification
   * the log then says how often it came again, in a `webhook-duplicate` entry of the same owner and conversation.
   * @throws BridgeError `store-unavailable`
   */
  append(entries: readonly NewEntry[]): Promise<readonly StoredEntry[]>;
  /** At most `limit` entries of the audience after `sequence`, in order. */
  readAfter(audience: Audience, sequence: number, limit: number): Promise<readonly StoredEntry[]>;
  /** Where the account's log begins and ends; what is older than `oldest` was dropped or never was. */
  bounds(account: AccountId): Promise<LogBounds>;
  /** Tells of appends to an account's log, from now on until `signal` aborts. The caller disposes of it. */
  watch(account: AccountId, signal: AbortSignal): Watch;
  /**
   * Resolves when something could be stored at this moment: what was refused last, or else a usual entry.
   * @throws BridgeError `store-unavailable`
   */
  tryWriting(): Promise<void>;
}

export interface NewEntry {
  readonly account: AccountId;
  /** Whose entry it is; `null`: of every administrator of the account. */
  readonly owner: UserId | null;
  readonly conversationId: ConversationId | null;
  readonly payload: LogPayload;
  /** Same key, same event: an account's log holds it once. `null`: never a duplicate. @see PROTOCOL.md §8.7 */
  readonly deliveryKey: string | null;
}

export interface StoredEntry {
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly conversationId: ConversationId | null;
  readonly kind: LogKind;
  /** The payload as JSON text, so that it is not parsed and written again for every reader. */
  readonly payloadJson: string;
}

/** Who reads: entries of the account that are the owner's or nobody's. */
export interface Audience {
  readonly account: AccountId;
  readonly owner: UserId;
}

export interface LogBounds {
  /** A cursor below this one belongs to another log. */
  readonly first: number;
  /** Newest entry dropped by retention; 0: none. A cursor below it has missed something. */
  readonly droppedThrough: number;
  readonly newest: number;
}

/** A latch raised by appends: it carries no data, so nothing in it can be lost, doubled or out of order. */
export interface Watch extends Disposable {
  /** Resolves at once if something came since the last call, else when something comes or the signal aborts. */
  changed(): Promise<void>;
}

/** The entry as the browser receives it: the JSON text of a `LogEntry`. */
export function entryJson({ sequence, at, conversationId, payloadJson }: StoredEntry): string {
  return `{"sequence":${sequence},"at":${at},"conversationId":${JSON.stringify(conversationId)},${payloadJson.slice(1)}`;
}
