import type { Audience, EventStore, StoredEntry } from '../event-store/event-store.ts';
import { followEvents } from '../event-store/follow-events.ts';
import type { SharedChunks } from './shared-chunks.ts';
import type { StreamChunk } from './stream-chunks.ts';
import { missedBefore, type StreamNotice } from './stream-start.ts';
import type { StreamMeter } from './stream-meter.ts';

/** What came, framed once for all readers. */
export interface FeedPage {
  readonly entries: readonly StoredEntry[];
  readonly chunks: readonly StreamChunk[];
}

/** A reader that is up to date. */
export interface FeedReader {
  /** @returns How many entries it took; one that falls behind leaves the feed. */
  deliver(page: FeedPage): number;
  notice(notice: StreamNotice): void;
  /** The log cannot be read. */
  fail(error: unknown): void;
}

export interface AudienceFeedOptions {
  readonly store: EventStore;
  readonly audience: Audience;
  readonly chunks: SharedChunks;
  readonly meter?: StreamMeter | undefined;
}

/**
 * Follows the log once for all streams of one audience that are up to date. Those that lag behind read for themselves and join
 * again when they have what the feed has.
 */
export class AudienceFeed {
  private readonly options: AudienceFeedOptions;
  private readonly readers = new Set<FeedReader>();
  private running = new AbortController();
  /** Sequence of the last entry that the readers were given, or where the feed began. */
  private last = 0;
  private dropped = 0;

  constructor(options: AudienceFeedOptions) {
    this.options = options;
  }

  /**
   * @param through The reader has every entry of the audience up to this sequence.
   * @returns `false` when the feed is further: then the reader must read on and ask again.
   */
  join(reader: FeedReader, through: number): boolean {
    const isFirst = this.readers.size === 0;
    if (!isFirst && through < this.last) return false;
    this.readers.add(reader);
    if (isFirst) void this.run(through);
    return true;
  }

  leave(reader: FeedReader): void {
    if (this.readers.delete(reader) && this.readers.size === 0) this.running.abort();
  }

  /** Newest entry that retention had dropped when the log was last looked at; 0: none. */
  get droppedThrough(): number {
    return this.dropped;
  }

  /** Looks how far the log has dropped its entries, for the next time that is told. */
  async look(): Promise<void> {
    const { store, audience } = this.options;
    try {
      this.dropped = (await store.bounds(audience.account)).droppedThrough;
    } catch {
      // A log that cannot be read is told where entries are missed; until then nothing needs to be forgotten.
    }
  }

  private async run(after: number): Promise<void> {
    this.last = after;
    this.running = new AbortController();
    const { signal } = this.running;
    try {
      await this.follow(signal);
    } catch (error) {
      if (!signal.aborted) for (const reader of [...this.readers]) reader.fail(error);
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { store, audience } = this.options;
    let isBehind = false;
    for await (const { entries, isEnd } of followEvents(store, { audience, after: this.last, signal })) {
      const missed = isBehind ? await this.missedBefore(entries[0]) : null;
      if (signal.aborted) return;
      if (missed !== null) for (const reader of this.readers) reader.notice(missed);
      isBehind = !isEnd;
      if (entries.length > 0) this.deliver(entries);
    }
  }

  private deliver(entries: readonly StoredEntry[]): void {
    const page = { entries, chunks: this.options.chunks.of(entries) };
    let delivered = 0;
    this.last = entries.at(-1)?.sequence ?? this.last;
    for (const reader of this.readers) delivered += reader.deliver(page);
    this.options.meter?.sent('live', delivered);
  }

  /** The log went on while a long page was on its way: what retention dropped meanwhile must not be missing in silence. */
  private async missedBefore(next: StoredEntry | undefined): Promise<StreamNotice | null> {
    const { store, audience } = this.options;
    return missedBefore(next, this.last, await store.bounds(audience.account));
  }
}
