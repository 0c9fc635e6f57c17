import { STREAM_EVENTS, type StreamGap, type StreamReset } from '#protocol/bridge-events';

import type { LogBounds } from '../event-store/event-store.ts';

/** From where a reader is served, and what it must be told first. */
export interface StreamStart {
  readonly after: number;
  readonly notice:
    | { readonly event: typeof STREAM_EVENTS.reset; readonly data: StreamReset }
    | { readonly event: typeof STREAM_EVENTS.gap; readonly data: StreamGap }
    | null;
}

/** @param cursor Sequence of the last entry the reader has; 0: none. */
export function streamStart(cursor: number, bounds: LogBounds): StreamStart {
  if (cursor === 0) return { after: 0, notice: null };
  if (cursor < bounds.first - 1 || cursor > bounds.newest) {
    return { after: 0, notice: { event: STREAM_EVENTS.reset, data: { reason: 'cursor-unknown' } } };
  }
  if (cursor < bounds.droppedThrough) {
    const data: StreamGap = { missed: null, oldest: bounds.droppedThrough + 1 };
    return { after: cursor, notice: { event: STREAM_EVENTS.gap, data } };
  }
  return { after: cursor, notice: null };
}

/** The cursor as a reconnecting browser (`Last-Event-ID`) or a new page (`?after=`) gives it; nonsense counts as none. */
export function cursorOf(lastEventId: string | undefined, after: string | null): number {
  const text = lastEventId ?? after ?? '';
  const cursor = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  return Number.isSafeInteger(cursor) ? cursor : 0;
}
