import type { Socket } from 'node:net';

import type { CallsUnderWayBook } from '../event-store/calls-under-way-book.ts';
import type { Audience, EventStore } from '../event-store/event-store.ts';
import type { Logger } from '../logging/loggers.ts';
import type { SessionEnds } from '../sign-in/session-ends.ts';
import type { SessionStore, SignedIn } from '../sign-in/session-store.ts';
import { AudienceFeed } from './audience-feed.ts';
import { CatchUpPages } from './catch-up-pages.ts';
import { EventStream } from './event-stream.ts';
import { SessionStreams } from './session-streams.ts';
import { SharedChunks } from './shared-chunks.ts';
import type { StreamMeter } from './stream-meter.ts';
import { StreamWriter } from './stream-writer.ts';

export interface OpenStreamsDeps {
  readonly store: EventStore;
  readonly sessions: Pick<SessionStore, 'isAlive'>;
  readonly ends: SessionEnds;
  /** Ends every open stream when the bridge stops. */
  readonly shutdown: AbortSignal;
  /** Time that slow readers have then for what was written to them. */
  readonly graceMs: number;
  readonly now: () => number;
  readonly heartbeatMs: number;
  readonly meter: StreamMeter;
  readonly log: Logger;
  readonly underWay: CallsUnderWayBook;
  /** How many streams a session may have open. */
  readonly mostPerSession: number;
}

/** Who reads a stream, and from where. */
export interface StreamReader {
  readonly session: Pick<SignedIn, 'key' | 'account' | 'userId'>;
  /** Which page of the session's browser it is; `null`: it did not say. */
  readonly page: string | null;
  /** The last entry that it has. */
  readonly cursor: number;
}

interface OpenStream {
  readonly stream: EventStream;
  readonly writer: StreamWriter;
  readonly sessionKey: string;
}

/** Streams of one audience and what they share. */
interface SharedFeed {
  readonly feed: AudienceFeed;
  streams: number;
}

/** A beat of all streams is spread over this many turns, so that none of them holds up everything else. */
const TURNS = 8;

/** All streams that are open: one timer beats for all of them, one feed serves all streams of an audience. */
export class OpenStreams {
  private readonly deps: OpenStreamsDeps;
  private readonly turns: readonly Set<OpenStream>[] = Array.from({ length: TURNS }, () => new Set());
  private readonly feeds = new Map<string, SharedFeed>();
  private readonly pages: CatchUpPages;
  private readonly chunks = new SharedChunks();
  private readonly sessions: SessionStreams;
  private turn = 0;
  private size = 0;
  private beating: NodeJS.Timeout | undefined;
  private cutting: NodeJS.Timeout | undefined;

  constructor(deps: OpenStreamsDeps) {
    this.deps = deps;
    this.pages = new CatchUpPages(deps.store);
    this.sessions = new SessionStreams(deps.mostPerSession);
    deps.shutdown.addEventListener('abort', () => this.endAll(), { once: true });
  }

  /** To be called right before a stream is opened; changes nothing. @throws BridgeError `too-many-streams` */
  check({ session, page }: Omit<StreamReader, 'cursor'>): void {
    this.sessions.check(session.key, page);
  }

  /** Serves the reader on this connection until either of them ends; the stream that its page had before ends. */
  open(socket: Socket, { session, page, cursor }: StreamReader): void {
    const { store, ends, now, meter, log, shutdown, underWay } = this.deps;
    const { key: sessionKey, account, userId: owner } = session;
    const audience = { account, owner };
    const writer = new StreamWriter(socket);
    const feed = this.feedOf(audience);
    const failed = (err: unknown): void => log.warn({ err }, 'a stream was cut: the log could not be read');
    const stream = new EventStream({
      ...{ store, writer, audience, feed, pages: this.pages, now, meter, failed },
      underWay: () => underWay.of(audience),
    });
    const closing = [
      ends.watch(sessionKey, (reason) => stream.end(reason)),
      meter.opened(),
      underWay.watch(audience, () => stream.tellUnderWay()),
      this.sessions.add(sessionKey, { page, replace: () => writer.cut() }),
    ];
    const remove = this.add({ stream, writer, sessionKey });
    socket.once('end', () => writer.end());
    socket.once('close', () => {
      stream.stop();
      remove();
      this.releaseFeed(audience);
      for (const open of closing) open[Symbol.dispose]();
    });
    if (shutdown.aborted) stream.end();
    else void stream.start(cursor);
  }

  private add(open: OpenStream): () => void {
    const streams = this.turns[this.size % TURNS];
    streams?.add(open);
    this.size += 1;
    this.beating ??= setInterval(() => this.beat(), this.deps.heartbeatMs / TURNS);
    return () => {
      streams?.delete(open);
      this.size -= 1;
      if (this.size === 0) this.stopTimers();
    };
  }

  /** Each session is asked for once, however many streams it has. */
  private beat(): void {
    const { ends } = this.deps;
    const isAlive = new Map<string, boolean | null>();
    this.turn = (this.turn + 1) % TURNS;
    if (this.turn === 0) for (const { feed } of this.feeds.values()) void feed.look();
    this.tryStoring();
    for (const { stream, sessionKey } of this.turns[this.turn] ?? []) {
      if (!isAlive.has(sessionKey)) isAlive.set(sessionKey, this.isAlive(sessionKey));
      const isStillAlive = isAlive.get(sessionKey);
      if (isStillAlive === true) stream.beat();
      // The page asks for another stream and is told why there is none.
      else if (isStillAlive === null) stream.end();
    }
    for (const [sessionKey, isStillAlive] of isAlive) {
      if (isStillAlive === false) ends.end(sessionKey, 'expired');
    }
  }

  /** `null`: it cannot be read. */
  private isAlive(sessionKey: string): boolean | null {
    try {
      return this.deps.sessions.isAlive(sessionKey);
    } catch (err) {
      this.deps.log.warn({ err }, 'streams ended: whose they are could not be read');
      return null;
    }
  }

  /** Somebody is told that nothing can be stored: it should end when it can, and not only when something comes. */
  private tryStoring(): void {
    const { store } = this.deps;
    // Refused again: the readers are told so already.
    if (!store.isStoring) store.tryWriting().catch(() => undefined);
  }

  private endAll(): void {
    const { graceMs } = this.deps;
    for (const { stream } of this.all()) stream.end();
    this.cutting = setTimeout(() => this.cutAll(), graceMs);
    if (this.size === 0) this.stopTimers();
  }

  private cutAll(): void {
    for (const { writer } of this.all()) writer.cut();
  }

  private all(): readonly OpenStream[] {
    return this.turns.flatMap((streams) => [...streams]);
  }

  private stopTimers(): void {
    clearInterval(this.beating);
    clearTimeout(this.cutting);
    this.beating = undefined;
  }

  private feedOf(audience: Audience): AudienceFeed {
    const { store, meter } = this.deps;
    const key = keyOf(audience);
    const shared = this.feeds.get(key) ?? {
      feed: new AudienceFeed({ store, audience, chunks: this.chunks, meter }),
      streams: 0,
    };
    shared.streams += 1;
    this.feeds.set(key, shared);
    return shared.feed;
  }

  private releaseFeed(audience: Audience): void {
    const key = keyOf(audience);
    const shared = this.feeds.get(key);
    if (shared === undefined) return;
    shared.streams -= 1;
    if (shared.streams === 0) this.feeds.delete(key);
  }
}

const keyOf = ({ account, owner }: Audience): string => JSON.stringify([account, owner]);
