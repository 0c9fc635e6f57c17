import { STREAM_EVENTS, type CaughtUp, type Heartbeat, type SignedOut } from '#protocol/bridge-events';

import { entryJson, type Audience, type EventStore } from '../event-store/event-store.ts';
import { followEvents, type FollowedPage } from '../event-store/follow-events.ts';
import { streamStart } from './stream-start.ts';
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

/** One browser's view of the log: what it missed, then what comes, and proof that the way is open. */
export class EventStream {
  private readonly options: EventStreamOptions;
  private last: number;
  private isCaughtUp = false;

  constructor(options: EventStreamOptions) {
    this.options = options;
    this.last = options.cursor;
  }

  /** Resolves when the signal aborts. */
  async run(): Promise<void> {
    const { store, writer, audience, cursor, signal, meter } = this.options;
    const bounds = await store.bounds(audience.account);
    const { after, notice } = streamStart(cursor, bounds);
    this.last = after;
    if (notice !== null) {
      writer.write(notice.event, JSON.stringify(notice.data));
      meter?.noticed(notice.event);
    }
    for await (const page of followEvents(store, { audience, after, signal })) {
      await this.writePage(page);
      if (page.isEnd || this.last >= bounds.newest) this.tellCaughtUp();
    }
  }

  /** Left out while the reader is slow: what cannot get through proves nothing. */
  beat(): void {
    const { writer, now } = this.options;
    if (writer.isBusy) return;
    writer.write(
      STREAM_EVENTS.heartbeat,
      JSON.stringify({ at: now(), sequence: this.last } satisfies Heartbeat),
    );
  }

  tellSignedOut(reason: SignedOut['reason']): void {
    this.options.writer.write(STREAM_EVENTS.signedOut, JSON.stringify({ reason } satisfies SignedOut));
  }

  private async writePage({ entries }: FollowedPage): Promise<void> {
    const { writer, signal, meter } = this.options;
    for (const entry of entries) {
      if (signal.aborted) return;
      writer.write(STREAM_EVENTS.entry, entryJson(entry), entry.sequence);
      meter?.sent(this.isCaughtUp ? 'live' : 'replay');
      this.last = entry.sequence;
      await writer.drained(signal);
    }
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
