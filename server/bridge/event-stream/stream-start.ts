import { STREAM_EVENTS, type StreamGap, type StreamReset } from '#protocol/bridge-events';

import type { LogBounds, StoredEntry } from '../event-store/event-store.ts';

/** What a reader must be told before it gets more entries. */
export type StreamNotice =
  | { readonly event: typeof STREAM_EVENTS.reset; readonly data: StreamReset }
  | { readonly event: typeof STREAM_EVENTS.gap; readonly data: StreamGap };

/** From where a reader is served, and what it must be told first. */
export interface StreamStart {
  readonly after: number;
  readonly notice: StreamNotice | null;
}

/** @param cursor Sequence of the last entry the reader has; 0: none. */
export function streamStart(cursor: number, bounds: LogBounds): StreamStart {
  if (cursor === 0) return { after: 0, notice: null };
  if (cursor < bounds.first - 1 || cursor > bounds.newest) {
    return { after: 0, notice: { event: STREAM_EVENTS.reset, data: { reason: 'cursor-unknown' } } };
  }
  return { after: cursor, notice: cursor < bounds.droppedThrough ? gap(bounds) : null };
}

/** What to tell a reader between its last entry and the next one it is to get; `null`: nothing is missing. */
export function missedBefore(
  next: Pick<StoredEntry, 'sequence'> | undefined,
  last: number,
  bounds: LogBounds,
): StreamNotice | null {
  const isDropped = bounds.droppedThrough > last && (next?.sequence ?? Infinity) > bounds.droppedThrough;
  return isDropped ? gap(bounds) : null;
}

function gap({ droppedThrough }: LogBounds): StreamNotice {
  return { event: STREAM_EVENTS.gap, data: { missed: null, oldest: droppedThrough + 1 } };
}

/** The cursor as a reconnecting browser (`Last-Event-ID`) or a new page (`?after=`) gives it; nonsense counts as none. */
export function cursorOf(lastEventId: string | undefined, after: string | null): number {
  const text = lastEventId ?? after ?? '';
  const cursor = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(cursor) ? cursor : 0;
}
