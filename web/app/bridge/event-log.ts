import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

import type { CallsUnderWay, Heartbeat, LogEntry, SignedOut, StreamGap } from '#protocol/bridge-events';

import { isFlowing, isWaiting, type Connection } from './connection';
import { KeptEntries, type Forgotten, type LogListener } from './kept-entries';
import type { LogSource, SourceEvent, SourceReader } from './log-source';
import { OPEN_LOG_SOURCE } from './open-log-source';
import { SessionEnd } from './session-end';
import { RECONNECT_AFTER_MS, RECONNECT_LIMIT_MS, Silence } from './silence';

/**
 * The bridge's log as this browser knows it: everything that happened, in order, each entry once.
 *
 * One stream serves all features. A follower gets what came before it followed, then batches as they arrive.
 */
@Service()
export class EventLog {
  private readonly openSource = inject(OPEN_LOG_SOURCE);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly kept = new KeptEntries();

  /** State of the stream, for the connection chip. */
  readonly connection = signal<Connection>({ kind: 'closed' });
  /** Why the bridge ended the stream; `null` while it has not. */
  readonly signedOut = signal<SignedOut['reason'] | null>(null);

  /** When the bridge last proved to be alive, epoch milliseconds; `null` before it did. */
  readonly heardAt = signal<number | null>(null);
  /** Whether the bridge can store what happens, as far as it told. */
  readonly isStoring = signal(true);
  /** Sequence of the newest entry that is here: where the stream goes on after a break. */
  readonly cursor = this.kept.cursor.asReadonly();
  /** How often the bridge refused the stream: a reason to ask whether the session still holds. */
  readonly refusals = signal(0);
  /** Why the bridge refuses the stream, as it was told when asked; `null` while it does not, or nobody knows. */
  readonly refusal = signal<unknown>(null);

  /** Calls to the cloud without an answer yet: what goes on, which the log does not have. Nothing is known of it while the stream is lost. */
  readonly underWay = computed<CallsUnderWay['calls']>(() =>
    isFlowing(this.connection()) ? this.toldUnderWay() : [],
  );
  private readonly toldUnderWay = signal<CallsUnderWay['calls']>([]);

  private audience = '';
  private source: LogSource | null = null;
  private isEndExpected = false;
  /** When the browser last said that the network is gone: what was heard before proves nothing. */
  private lostAt = 0;
  private unreadGap: Connection | null = null;
  private readonly silence = new Silence(() => {
    this.waiting();
    this.retry();
  });
  private readonly reader: SourceReader = {
    opened: (at) => this.opened(at),
    received: (event) => this.take(event),
    replayed: (entries, at) => this.replay(entries, at),
    lost: (isRefused) => this.lost(isRefused),
    newest: () => this.kept.newest,
    entries: () => this.kept.all(),
  };

  constructor() {
    const listening = new AbortController();
    window.addEventListener('online', () => this.retryNow(), listening);
    window.addEventListener('offline', () => this.networkLost(), listening);
    inject(DestroyRef).onDestroy(() => {
      listening.abort();
      this.disconnect();
    });
  }

  /**
   * Opens the stream from the start of the log; does nothing when it is open.
   * @param audience Names the person: tabs of this browser with the same one share a stream.
   */
  open(audience: string): void {
    if (this.source !== null) return;
    this.audience = audience;
    this.isEndExpected = false;
    this.signedOut.set(null);
    this.connection.set({ kind: 'connecting' });
    this.connect();
  }

  /** Closes the stream and forgets the log, so that nothing of one user is left for the next. */
  close(): void {
    this.disconnect();
    this.kept.forget();
    this.toldUnderWay.set([]);
    this.unreadGap = null;
    this.isStoring.set(true);
    this.refusal.set(null);
    this.connection.set({ kind: 'closed' });
  }

  /** The person is signing out here: the stream's farewell is no news. Returns what takes that back. */
  expectEnd(): () => void {
    this.isEndExpected = true;
    return () => {
      this.isEndExpected = false;
    };
  }

  /** The person signed out here: tabs that share the stream learn it before it ends. */
  tellSignedOut(): void {
    this.source?.tellSignedOut();
  }

  /** Hands over all entries so far at once, then each new batch; returns what ends it. */
  follow(
    listener: LogListener,
    onReset: () => void = () => undefined,
    /** The bridge's log has dropped entries; whoever follows may forget what they told. */
    onForgotten: (forgotten: Forgotten) => void = () => undefined,
  ): () => void {
    return this.kept.follow(listener, onReset, onForgotten);
  }

  /** Ends the waiting between two tries; does nothing while the stream lives or is closed. */
  retryNow(): void {
    if (isWaiting(this.connection())) this.retry();
  }

  /** The bridge said when a next try makes sense; does nothing while the stream lives or is closed. */
  retryIn(ms: number): void {
    if (isWaiting(this.connection())) this.silence.breakIn(ms);
  }

  /** The person has read that entries are missing. */
  acknowledgeGap(): void {
    this.unreadGap = null;
    if (this.connection().kind === 'gap') this.connection.set(LIVE);
  }

  private connect(): void {
    this.source = this.openSource(this.audience, this.reader);
    this.listen();
  }

  private retry(): void {
    this.source?.retry();
    this.listen();
  }

  private listen(): void {
    if (isWaiting(this.connection())) this.silence.breakIn(RECONNECT_LIMIT_MS);
    else this.silence.startAt(Date.now());
  }

  /** A bridge that has nothing under way says nothing. */
  private opened(at: number): void {
    this.toldUnderWay.set([]);
    this.heard(at);
  }

  private take({ name, data, at }: SourceEvent): void {
    this.heard(at);
    switch (name) {
      case 'entry':
        this.receive(JSON.parse(data) as LogEntry, at);
        break;
      case 'heartbeat':
        this.proveAlive(JSON.parse(data) as Heartbeat, at);
        break;
      case 'under-way':
        this.toldUnderWay.set((JSON.parse(data) as CallsUnderWay).calls);
        break;
      case 'caught-up':
        this.kept.deliver();
        this.live(at);
        break;
      case 'gap':
        this.unreadGap = { kind: 'gap', missed: (JSON.parse(data) as StreamGap).missed };
        this.live(at);
        break;
      case 'reset':
        this.kept.forget();
        break;
      case 'signed-out':
        this.ended(JSON.parse(data) as SignedOut);
        break;
      default:
        name satisfies never;
    }
  }

  private receive(entry: LogEntry, at: number): void {
    const connection = this.connection();
    if (!this.kept.add(entry, connection.kind === 'live')) return;
    if (isFlowing(connection) || at < this.lostAt) return;
    this.connection.set({ kind: 'catching-up', received: this.kept.count });
  }

  private replay(entries: readonly LogEntry[], at: number): void {
    this.heard(at);
    for (const entry of entries) this.receive(entry, at);
  }

  /** A heartbeat between stored entries does not yet mean that all of them are here. */
  private proveAlive({ isStoring = true, droppedThrough = 0 }: Heartbeat, at: number): void {
    this.isStoring.set(isStoring);
    // A page that stays open for weeks has what a new one would get, and no more.
    this.kept.forgetThrough(droppedThrough);
    if (this.connection().kind !== 'catching-up') this.live(at);
  }

  private live(at: number): void {
    if (at < this.lostAt) return;
    this.connection.set(this.unreadGap ?? LIVE);
  }

  /**
   * The browser has no network. A bridge on this machine is still there: what the next try brings decides.
   * Nothing of the stream of before does: it may hang, or be another tab's that has not heard of the loss.
   */
  private networkLost(): void {
    if (this.connection().kind === 'closed') return;
    this.lostAt = Date.now();
    this.refusal.set(null);
    this.connection.set({ kind: 'offline' });
    this.retry();
  }

  private lost(isRefused: boolean): void {
    if (this.connection().kind !== 'closed') this.waiting();
    if (!isRefused) return;
    this.refusals.update((count) => count + 1);
    this.silence.breakIn(RECONNECT_AFTER_MS);
  }

  private waiting(): void {
    const { kind } = this.connection();
    const isSameWait = kind === (navigator.onLine ? 'reconnecting' : 'offline');
    if (isSameWait) return;
    this.connection.set(navigator.onLine ? { kind: 'reconnecting', since: Date.now() } : { kind: 'offline' });
  }

  /** Something arrived: the silence starts anew. */
  private heard(at: number): void {
    if (at < this.lostAt) return;
    this.heardAt.set(at);
    this.refusal.set(null);
    this.silence.startAt(at);
  }

  private ended({ reason }: SignedOut): void {
    this.close();
    this.signedOut.set(reason);
    if (!this.isEndExpected) this.sessionEnd.tell(reason);
  }

  private disconnect(): void {
    this.silence.stop();
    this.source?.close();
    this.source = null;
  }
}

const LIVE: Connection = { kind: 'live' };
