import { STREAM_EVENTS, type CaughtUp, type Heartbeat, type SignedOut } from '#protocol/bridge-events';

import type { Audience, EventStore, StoredEntry } from '../event-store/event-store.ts';
import { followEvents, type FollowedPage } from '../event-store/follow-events.ts';
import { entryFrame } from './sse-frame.ts';
import { missedBefore, streamStart, type StreamNotice } from './stream-start.ts';
import type { StreamMeter } from './stream-meter.ts';
import type { StreamWriter } from './stream-writer.ts';

export interface EventStreamOptions {
  readonly store: EventStore;
  readonly writer: StreamWriter;
  readonly audience: Audience;
  readonly cursor: number;
  /** Ends the stream: reader gone, session over, bridge stopping. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly meter?: StreamMeter;
}

/** A reader that took nothing for so long is gone, whatever its socket says. It may come back with its cursor. */
const STALLED_MS = 60_000;

/** One browser's view of the log: what it missed, then what comes, and proof that the way is open. */
export class EventStream {
  private readonly options: EventStreamOptions;
  private last: number;
  private isCaughtUp = false;
  /** Whether the log may have lost entries that this reader had no chance to get. */
  private isBehind = true;
  private busySince: number | null = null;

  constructor(options: EventStreamOptions) {
    this.options = options;
    this.last = options.cursor;
  }

  /** Resolves when the signal aborts. */
  async run(): Promise<void> {
    const { store, audience, cursor, signal } = this.options;
    const bounds = await store.bounds(audience.account);
    const { after, notice } = streamStart(cursor, bounds);
    this.last = after;
    if (notice !== null) this.tell(notice);
    this.isBehind = false;
    for await (const page of followEvents(store, { audience, after, signal })) {
      if (this.isBehind) await this.tellMissed(page);
      await this.writePage(page.entries);
      this.isBehind ||= !page.isEnd;
      if (page.isEnd || this.last >= bounds.newest) this.tellCaughtUp();
    }
  }

  /** Left out while the reader is slow: what cannot get through proves nothing. */
  beat(): void {
    const { writer, now, store } = this.options;
    if (writer.isBusy) {
      this.busySince ??= now();
      if (now() - this.busySince >= STALLED_MS) writer.cut();
      return;
    }
    this.busySince = null;
    const heartbeat: Heartbeat = { at: now(), sequence: this.last, isStoring: store.isStoring };
    writer.write(STREAM_EVENTS.heartbeat, JSON.stringify(heartbeat));
  }

  tellSignedOut(reason: SignedOut['reason']): void {
    this.options.writer.write(STREAM_EVENTS.signedOut, JSON.stringify({ reason } satisfies SignedOut));
  }

  private async writePage(entries: readonly StoredEntry[]): Promise<void> {
    const { writer, signal, meter } = this.options;
    const phase = this.isCaughtUp ? 'live' : 'replay';
    const frames = entries.map(entryFrame);
    let next = 0;
    while (next < frames.length && !signal.aborted) {
      const written = writer.writeFrames(next === 0 ? frames : frames.slice(next));
      next += written;
      meter?.sent(phase, written);
      this.last = entries[next - 1]?.sequence ?? this.last;
      if (writer.isBusy) {
        this.isBehind = true;
        await writer.drained(signal);
      } else if (written === 0) {
        // Nobody reads any more; the signal says so at the end of this turn of the loop.
        return;
      }
    }
  }

  /** A slow reader's log goes on without it: what retention dropped meanwhile must not be missing in silence. */
  private async tellMissed({ entries }: FollowedPage): Promise<void> {
    const { store, audience } = this.options;
    const missed = missedBefore(entries[0], this.last, await store.bounds(audience.account));
    if (missed !== null) this.tell(missed);
    this.isBehind = false;
  }

  private tell({ event, data }: StreamNotice): void {
    this.options.writer.write(event, JSON.stringify(data));
    this.options.meter?.noticed(event);
  }

  private tellCaughtUp(): void {
    if (this.isCaughtUp) return;
    this.isCaughtUp = true;
    this.options.writer.write(
      STREAM_EVENTS.caughtUp,
      JSON.stringify({ sequence: this.last } satisfies CaughtUp),
    );
  }
}
