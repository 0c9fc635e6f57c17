import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Audience, EventStore, StoredEntry } from './event-store.ts';

/** Few enough that a page of the largest entries does no harm. */
export const PAGE_SIZE = 50;

export interface Following {
  readonly audience: Audience;
  /** Sequence of the last entry the follower has; 0 for all. */
  readonly after: number;
  /** Ends the following. */
  readonly signal: AbortSignal;
}

export interface FollowedPage {
  readonly entries: readonly StoredEntry[];
  /** Whether the log held no more when the page was read. */
  readonly isEnd: boolean;
}

/**
 * Yields the audience's entries after `after` page by page, then those to come. Each entry comes once and in order, also across a reconnect that passes the last sequence seen.
 */
export async function* followEvents(
  store: EventStore,
  { audience, after, signal }: Following,
): AsyncGenerator<FollowedPage> {
  // Watching starts before the first read: an append in between raises the watch and is read next.
  using watch = store.watch(audience.account, signal);
  let last = after;
  while (!signal.aborted) {
    const entries = await store.readAfter(audience, last, PAGE_SIZE);
    const isEnd = entries.length < PAGE_SIZE;
    last = entries.at(-1)?.sequence ?? last;
    yield { entries, isEnd };
    if (isEnd) await watch.changed();
    // A long log is read without waiting for anything: between its pages everybody else has a turn.
    else await nextTurn();
  }
}
