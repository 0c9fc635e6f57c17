import { STREAM_EVENTS } from '#protocol/bridge-events';

import { SILENCE_LIMIT_MS } from './connection';
import type { LogSource, SourceEvent, SourceReader } from './log-source';
import { RECONNECT_LIMIT_MS } from './silence';
import { NO_CALLS_UNDER_WAY, type LeaderState, type TabLink } from './tab-link';

export interface LeadingTabDeps {
  readonly link: TabLink;
  /** Opens the bridge's stream after the reader's newest entry. */
  readonly openStream: (reader: SourceReader) => LogSource;
  readonly reader: SourceReader;
}

/** Entries in one message; a long log is not copied as a whole. */
const PAGE_SIZE = 500;

/** The next stream has to catch up anew. */
const LOST = { stream: 'lost', isCaughtUp: false, underWay: NO_CALLS_UNDER_WAY } as const;

/** The tab that holds the stream: its own reader hears of everything, and so do the tabs that follow. */
export class LeadingTab {
  private readonly stream: LogSource;
  private state: LeaderState = { ...LOST, stream: 'connecting', heardAt: Date.now() };
  private openedAt = Date.now();
  /** Whether any tab has asked: alone there is nobody to copy every entry for. */
  private isFollowed = false;
  private readonly end = Promise.withResolvers<undefined>();

  constructor(private readonly deps: LeadingTabDeps) {
    this.stream = this.open();
  }

  /** Settles when this tab leads no more. */
  get ended(): Promise<undefined> {
    return this.end.promise;
  }

  /** Looks for the bridge anew and goes on leading. */
  retry(): void {
    this.state = { ...this.state, ...LOST };
    this.openedAt = Date.now();
    this.stream.retry();
  }

  close(): void {
    this.stream.close();
    this.end.resolve(undefined);
  }

  /** Tells the tab `to` all that came after the entry `after`. */
  welcome(to: string, after: number): void {
    this.isFollowed = true;
    // Timers of a tab in the background are late; a tab that asks shows that somebody looks.
    if (this.isOverdue()) this.retry();
    const { link, reader } = this.deps;
    const all = reader.entries();
    const start = all.findLastIndex(({ sequence }) => sequence <= after) + 1;
    const isReset = after > 0 && after < reader.newest() && all[start - 1]?.sequence !== after;
    const missed = isReset ? all : all.slice(start);
    for (let index = 0; index === 0 || index < missed.length; index += PAGE_SIZE) {
      const entries = missed.slice(index, index + PAGE_SIZE);
      const state = index + PAGE_SIZE >= missed.length ? this.state : null;
      link.post({ kind: 'welcome', to, isReset: isReset && index === 0, entries, state });
    }
  }

  private open(): LogSource {
    const { link, reader, openStream } = this.deps;
    return openStream({
      ...{ newest: () => reader.newest(), entries: () => reader.entries() },
      replayed: (entries, at) => reader.replayed(entries, at),
      opened: (at) => {
        this.state = { ...this.state, stream: 'open', heardAt: at, underWay: NO_CALLS_UNDER_WAY };
        link.post({ kind: 'opened', at });
        reader.opened(at);
      },
      received: (event) => {
        this.note(event);
        // Who has not asked yet must hear of the end all the same.
        if (this.isFollowed || event.name === STREAM_EVENTS.signedOut) link.post({ kind: 'received', event });
        reader.received(event);
      },
      lost: (isRefused) => {
        this.state = { ...this.state, ...LOST };
        link.post({ kind: 'lost', isRefused });
        reader.lost(isRefused);
      },
    });
  }

  private isOverdue(): boolean {
    const limitMs = this.state.stream === 'lost' ? RECONNECT_LIMIT_MS : SILENCE_LIMIT_MS;
    return Date.now() - Math.max(this.state.heardAt, this.openedAt) > limitMs;
  }

  private note({ name, at, data }: SourceEvent): void {
    const isCaughtUp =
      name === STREAM_EVENTS.caughtUp || (this.state.isCaughtUp && name !== STREAM_EVENTS.reset);
    const underWay = name === STREAM_EVENTS.underWay ? data : this.state.underWay;
    this.state = { stream: 'open', isCaughtUp, heardAt: at, underWay };
  }
}
