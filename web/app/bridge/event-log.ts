import { DestroyRef, Service, inject, signal } from '@angular/core';

import type { Heartbeat, LogEntry, SignedOut, StreamGap } from '#protocol/bridge-events';

import { isFlowing, isWaiting, type Connection } from './connection';
import type { LogSource, SourceEvent, SourceReader } from './log-source';
import { OPEN_LOG_SOURCE } from './open-log-source';
import { SessionEnd } from './session-end';
import { RECONNECT_AFTER_MS, RECONNECT_LIMIT_MS, Silence } from './silence';

export type LogListener = (entries: readonly LogEntry[]) => void;

/**
 * The bridge's log as this browser knows it: everything that happened, in order, each entry once.
 *
 * One stream serves all features. A follower gets what came before it followed, then batches as they arrive.
 */
@Service()
export class EventLog {
  private readonly openSource = inject(OPEN_LOG_SOURCE);
  private readonly sessionEnd = inject(SessionEnd);

  /** State of the stream, for the connection chip. */
  readonly connection = signal<Connection>({ kind: 'closed' });
  /** Why the bridge ended the stream; `null` while it has not. */
  readonly signedOut = signal<SignedOut['reason'] | null>(null);

  /** When the bridge last proved to be alive, epoch milliseconds; `null` before it did. */
  readonly heardAt = signal<number | null>(null);
  /** Whether the bridge can store what happens, as far as it told. */
  readonly isStoring = signal(true);
  /** Sequence of the newest entry that is here: where the stream goes on after a break. */
  readonly cursor = signal(0);
  /** How often the bridge refused the stream: a reason to ask whether the session still holds. */
  readonly refusals = signal(0);

  private entries: LogEntry[] = [];
  private readonly listeners = new Set<LogListener>();
  private readonly resetListeners = new Set<() => void>();
  private audience = '';
  private source: LogSource | null = null;
  private batch: LogEntry[] = [];
  private isEndExpected = false;
  private deliveredAt = 0;
  private readonly silence = new Silence(() => {
    this.waiting();
    this.disconnect();
    this.connect();
  });
  private readonly reader: SourceReader = {
    opened: (at) => this.heard(at),
    received: (event) => this.take(event),
    replayed: (entries, at) => this.replay(entries, at),
    lost: (isRefused) => this.lost(isRefused),
    newest: () => this.newest(),
    entries: () => [...this.entries, ...this.batch],
  };

  constructor() {
    const backOnline = (): void => this.retryNow();
    window.addEventListener('online', backOnline);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('online', backOnline);
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
    this.forget();
    this.isStoring.set(true);
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
  follow(listener: LogListener, onReset: () => void = () => undefined): () => void {
    this.listeners.add(listener);
    this.resetListeners.add(onReset);
    if (this.entries.length > 0) listener([...this.entries]);
    return () => {
      this.listeners.delete(listener);
      this.resetListeners.delete(onReset);
    };
  }

  /** Ends the waiting between two tries; does nothing while the stream lives or is closed. */
  retryNow(): void {
    if (!isWaiting(this.connection())) return;
    this.disconnect();
    this.connect();
  }

  /** The person has read that entries are missing. */
  acknowledgeGap(): void {
    if (this.connection().kind === 'gap') this.connection.set({ kind: 'live' });
  }

  private connect(): void {
    this.source = this.openSource(this.audience, this.reader);
    if (isWaiting(this.connection())) this.silence.breakIn(RECONNECT_LIMIT_MS);
    else this.silence.startAt(Date.now());
  }

  private take({ name, data, at }: SourceEvent): void {
    this.heard(at);
    switch (name) {
      case 'entry':
        this.receive(JSON.parse(data) as LogEntry);
        break;
      case 'heartbeat':
        this.proveAlive(JSON.parse(data) as Heartbeat);
        break;
      case 'caught-up':
        this.caughtUp();
        break;
      case 'gap':
        this.connection.set({ kind: 'gap', missed: (JSON.parse(data) as StreamGap).missed });
        break;
      case 'reset':
        this.forget();
        break;
      case 'signed-out':
        this.ended(JSON.parse(data) as SignedOut);
        break;
      default:
        name satisfies never;
    }
  }

  private receive(entry: LogEntry): void {
    // A reconnect may repeat what was already here.
    if (entry.sequence <= this.newest()) return;
    if (this.batch.length === 0) this.deliverSoon();
    this.batch.push(entry);
    if (!isFlowing(this.connection())) {
      this.connection.set({ kind: 'catching-up', received: this.entries.length + this.batch.length });
    }
  }

  private replay(entries: readonly LogEntry[], at: number): void {
    this.heard(at);
    for (const entry of entries) this.receive(entry);
  }

  private newest(): number {
    return (this.batch.at(-1) ?? this.entries.at(-1))?.sequence ?? 0;
  }

  /** Live entries go on at once; of a backlog a batch every so often, since each makes its readers draw. */
  private deliverSoon(): void {
    const isLive = this.connection().kind === 'live';
    const waitMs = isLive ? 0 : this.deliveredAt + BACKLOG_BATCH_MS - Date.now();
    if (waitMs <= 0) queueMicrotask(() => this.deliver());
    else setTimeout(() => this.deliver(), waitMs);
  }

  private deliver(): void {
    const batch = this.batch;
    if (batch.length === 0) return;
    this.batch = [];
    this.deliveredAt = Date.now();
    this.entries.push(...batch);
    this.cursor.set(batch.at(-1)?.sequence ?? 0);
    for (const listener of this.listeners) listener(batch);
  }

  private caughtUp(): void {
    this.deliver();
    this.live();
  }

  /** A heartbeat between stored entries does not yet mean that all of them are here. */
  private proveAlive({ isStoring }: Heartbeat): void {
    this.isStoring.set(isStoring);
    if (this.connection().kind !== 'catching-up') this.live();
  }

  private live(): void {
    if (!isFlowing(this.connection())) this.connection.set({ kind: 'live' });
  }

  private lost(isRefused: boolean): void {
    if (this.connection().kind !== 'closed') this.waiting();
    if (!isRefused) return;
    this.refusals.update((count) => count + 1);
    this.reconnectSoon();
  }

  private waiting(): void {
    const { kind } = this.connection();
    const isSameWait = kind === (navigator.onLine ? 'reconnecting' : 'offline');
    if (isSameWait) return;
    this.connection.set(navigator.onLine ? { kind: 'reconnecting', since: Date.now() } : { kind: 'offline' });
  }

  private reconnectSoon(): void {
    this.disconnect();
    this.silence.breakIn(RECONNECT_AFTER_MS);
  }

  /** Something arrived: the silence starts anew. */
  private heard(at: number): void {
    this.heardAt.set(at);
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

  private forget(): void {
    this.entries = [];
    this.cursor.set(0);
    this.batch = [];
    this.deliveredAt = 0;
    for (const reset of this.resetListeners) reset();
  }
}

const BACKLOG_BATCH_MS = 200;
