import type { LogEntry, STREAM_EVENTS } from '#protocol/bridge-events';

export type StreamEventName = (typeof STREAM_EVENTS)[keyof typeof STREAM_EVENTS];

/** An event of the stream, with the moment at which it came to this browser, epoch milliseconds. */
export interface SourceEvent {
  readonly name: StreamEventName;
  /** JSON. */
  readonly data: string;
  readonly at: number;
}

/** Whoever reads a source, and what a source that is shared must know of its reader. */
export interface SourceReader {
  /** The way to the bridge is open, as of that moment. */
  opened(at: number): void;
  received(event: SourceEvent): void;
  /** Entries that came to this browser before, and when it last heard of the bridge. */
  replayed(entries: readonly LogEntry[], at: number): void;
  /** @param isRefused Whether the source has given up; else it tries again by itself. */
  lost(isRefused: boolean): void;
  /** Sequence of the newest entry that the reader has; 0: none. */
  newest(): number;
  /** The reader's entries, all of them, in order. */
  entries(): readonly LogEntry[];
}

/** Where the log comes from. The reader closes it. */
export interface LogSource {
  /** Nothing was heard for too long: looks for the bridge anew, in the same place among the tabs. */
  retry(): void;
  /** Says to the other tabs of this browser that the session is over. */
  tellSignedOut(): void;
  close(): void;
}
