import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  STREAM_EVENTS,
  type CallsUnderWay,
  type CaughtUp,
  type Heartbeat,
  type SignedOut,
} from '#protocol/bridge-events';

import type { Audience, EventStore, LogBounds, StoredEntry } from '../event-store/event-store.ts';
import { PAGE_SIZE } from '../event-store/follow-events.ts';
import type { AudienceFeed, FeedPage, FeedReader } from './audience-feed.ts';
import type { CatchUpPages } from './catch-up-pages.ts';
import { toChunks, type StreamChunk } from './stream-chunks.ts';
import { missedBefore, streamStart, type StreamNotice } from './stream-start.ts';
import type { StreamMeter } from './stream-meter.ts';
import type { StreamWriter } from './stream-writer.ts';

export interface EventStreamOptions {
  readonly store: EventStore;
  readonly writer: StreamWriter;
  readonly audience: Audience;
  readonly feed: AudienceFeed;
  readonly pages: CatchUpPages;
  readonly now: () => number;
  /** The audience's calls to the cloud that are not answered yet. */
  readonly underWay: () => CallsUnderWay['calls'];
  readonly meter?: StreamMeter;
  /** Is told why the stream had to be cut. */
  readonly failed: (error: unknown) => void;
}

/** A reader that took nothing for so long is gone, whatever its socket says. It may come back with its cursor. */
const STALLED_MS = 60_000;

/**
 * One browser's view of the log: what it missed, then what comes, and proof that the way is open.
 *
 * It reads for itself until it is up to date, then its feed hands it what comes; when its reader lags it leaves the feed and
 * reads for itself again. So a stream at rest holds no timer, no promise and nothing to send.
 */
export class EventStream implements FeedReader {
  private readonly options: EventStreamOptions;
  /** Sequence of the last entry that was written. */
  private last = 0;
  /** Newest entry when the stream opened: with it the reader has caught up. */
  private newestAtStart = 0;
  private isCaughtUp = false;
  /** The reader knows, or need not know, that everything up to here was dropped. */
  private knownDropped = 0;
  private busySince: number | null = null;
  private owesUnderWay = false;

  constructor(options: EventStreamOptions) {
    this.options = options;
  }

  /** Starts after the cursor. Resolves when the reader is up to date or gone. */
  async start(cursor: number): Promise<void> {
    await this.cutOnFailure(async () => {
      const { store, audience } = this.options;
      const bounds = await store.bounds(audience.account);
      const { after, notice } = streamStart(cursor, bounds);
      this.last = after;
      this.newestAtStart = bounds.newest;
      this.knownDropped = bounds.droppedThrough;
      if (notice !== null) this.notice(notice);
      await this.catchUp(bounds);
    });
  }

  /** The connection is gone: nothing more is to be delivered. */
  stop(): void {
    this.options.feed.leave(this);
  }

  deliver({ entries, chunks }: FeedPage): number {
    const isAllNew = (entries[0]?.sequence ?? 0) > this.last;
    const written = this.writeSome(
      isAllNew ? chunks : toChunks(entries.filter((entry) => this.isNew(entry))),
    );
    if (this.options.writer.isBusy) this.fallBehind();
    return written;
  }

  /** Left out while the reader is slow: what cannot get through proves nothing. */
  beat(): void {
    const { writer, now, store, feed } = this.options;
    if (writer.isBusy) {
      this.busySince ??= now();
      if (now() - this.busySince >= STALLED_MS) writer.cut();
      return;
    }
    this.busySince = null;
    const { isStoring } = store;
    const { droppedThrough } = feed;
    const heartbeat: Heartbeat = { at: now(), sequence: this.last, isStoring, droppedThrough };
    writer.tell(STREAM_EVENTS.heartbeat, heartbeat);
    if (this.owesUnderWay) this.tellUnderWay();
  }

  /** What goes on now. A slow reader gets it with the next proof of life: it stands for all that was told before. */
  tellUnderWay(): void {
    const { writer, underWay } = this.options;
    if (!this.isCaughtUp) return;
    this.owesUnderWay = writer.isBusy;
    if (!writer.isBusy) writer.tell(STREAM_EVENTS.underWay, { calls: underWay() } satisfies CallsUnderWay);
  }

  end(reason?: SignedOut['reason']): void {
    const { writer } = this.options;
    if (reason !== undefined) writer.tell(STREAM_EVENTS.signedOut, { reason } satisfies SignedOut);
    writer.end();
  }

  notice({ event, data }: StreamNotice): void {
    this.options.writer.tell(event, data);
    this.options.meter?.noticed(event);
  }

  fail(error: unknown): void {
    const { writer, failed } = this.options;
    // Nobody misses what a reader that is gone would have got; the log may be closed by now.
    if (!writer.isOpen) return;
    failed(error);
    writer.cut();
  }

  private fallBehind(): void {
    const { feed, store, audience } = this.options;
    feed.leave(this);
    void this.cutOnFailure(async () => this.catchUp(await store.bounds(audience.account)));
  }

  /** Reads page by page until the feed can take over. @param before The log's bounds before the first page is read. */
  private async catchUp(before: LogBounds): Promise<void> {
    const { store, audience, writer, pages } = this.options;
    let known = before;
    while (writer.isOpen) {
      await writer.drained();
      const { entries, chunks } = await pages.read(audience, this.last, known);
      const bounds = await store.bounds(audience.account);
      this.tellMissed(entries[0], bounds);
      await this.writeAll(chunks);
      const isEnd = entries.length < PAGE_SIZE;
      if (isEnd || this.last >= this.newestAtStart) this.tellCaughtUp();
      if (isEnd && this.joinFeed(known.newest)) return;
      known = bounds;
      // A long log is read without waiting for anything: between its pages everybody else has a turn.
      await nextTurn();
    }
  }

  /** @param newest The log's newest entry before its end was read. */
  private joinFeed(newest: number): boolean {
    const { feed, writer } = this.options;
    return writer.isOpen && feed.join(this, Math.max(this.last, newest));
  }

  private async writeAll(chunks: readonly StreamChunk[]): Promise<void> {
    const { writer, meter } = this.options;
    const phase = this.isCaughtUp ? 'live' : 'replay';
    let rest = chunks;
    while (rest.length > 0 && writer.isOpen) {
      const written = this.writeSome(rest);
      meter?.sent(phase, written);
      await writer.drained();
      rest = rest.filter(({ last }) => last > this.last);
    }
  }

  /** Writes until the reader lags behind. @returns how many entries were written */
  private writeSome(chunks: readonly StreamChunk[]): number {
    const { writer } = this.options;
    let written = 0;
    for (const { bytes, count, last } of chunks) {
      if (writer.isBusy || !writer.isOpen) break;
      writer.write(bytes);
      this.last = last;
      written += count;
    }
    return written;
  }

  /** A slow reader's log goes on without it: what retention dropped meanwhile must not be missing in silence. */
  private tellMissed(next: StoredEntry | undefined, bounds: LogBounds): void {
    const missed = bounds.droppedThrough > this.knownDropped ? missedBefore(next, this.last, bounds) : null;
    this.knownDropped = bounds.droppedThrough;
    if (missed !== null) this.notice(missed);
  }

  private tellCaughtUp(): void {
    if (this.isCaughtUp) return;
    this.isCaughtUp = true;
    this.options.writer.tell(STREAM_EVENTS.caughtUp, { sequence: this.last } satisfies CaughtUp);
    if (this.options.underWay().length > 0) this.tellUnderWay();
  }

  private isNew({ sequence }: StoredEntry): boolean {
    return sequence > this.last;
  }

  /** The reader comes back with its cursor, and by then the log may be readable again. */
  private async cutOnFailure(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }
}
