import { DestroyRef, Service, inject, signal } from '@angular/core';

import { STREAM_EVENTS, type LogEntry, type SignedOut, type StreamGap } from '#protocol/bridge-events';

import { SILENCE_LIMIT_MS, type Connection } from './connection';
import { EVENT_SOURCE_FACTORY } from './event-source-factory';
import { SessionEnd } from './session-end';

export type LogListener = (entries: readonly LogEntry[]) => void;

/**
 * The bridge's log as this browser knows it: everything that happened, in order, each entry once.
 *
 * One stream serves all features. A follower gets what came before it followed, then batches as they arrive.
 */
@Service()
export class EventLog {
  private readonly openEventSource = inject(EVENT_SOURCE_FACTORY);
  private readonly sessionEnd = inject(SessionEnd);

  /** State of the stream, for the connection chip. */
  readonly connection = signal<Connection>({ kind: 'closed' });
  /** Why the bridge ended the stream; `null` while it has not. */
  readonly signedOut = signal<SignedOut['reason'] | null>(null);

  /** When the bridge last proved to be alive, epoch milliseconds; `null` before it did. */
  readonly heardAt = signal<number | null>(null);
  /** Sequence of the newest entry that is here: where the stream goes on after a break. */
  readonly cursor = signal(0);
  /** How often the bridge refused the stream: a reason to ask whether the session still holds. */
  readonly refusals = signal(0);

  private entries: LogEntry[] = [];
  private readonly listeners = new Set<LogListener>();
  private readonly resetListeners = new Set<() => void>();
  private source: EventSource | null = null;
  private batch: LogEntry[] = [];
  private deliveredAt = 0;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const backOnline = (): void => this.retryNow();
    window.addEventListener('online', backOnline);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('online', backOnline);
      this.disconnect();
    });
  }

  /** Opens the stream from the start of the log; does nothing when it is open. */
  open(): void {
    if (this.source !== null) return;
    this.signedOut.set(null);
    this.connection.set({ kind: 'connecting' });
    this.connect();
  }

  /** Closes the stream and forgets the log, so that nothing of one user is left for the next. */
  close(): void {
    this.disconnect();
    this.forget();
    this.connection.set({ kind: 'closed' });
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
    const { kind } = this.connection();
    if (kind !== 'reconnecting' && kind !== 'offline') return;
    this.disconnect();
    this.connect();
  }

  /** The person has read that entries are missing. */
  acknowledgeGap(): void {
    if (this.connection().kind === 'gap') this.connection.set({ kind: 'live' });
  }

  private connect(): void {
    const last = this.entries.at(-1)?.sequence ?? 0;
    const source = this.openEventSource(`/api/events?after=${last}`);
    this.source = source;
    const on = (name: string, handle: (data: string) => void): void => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.heard();
        handle(event.data);
      });
    };
    on(STREAM_EVENTS.entry, (data) => this.receive(JSON.parse(data) as LogEntry));
    on(STREAM_EVENTS.heartbeat, () => this.proveAlive());
    on(STREAM_EVENTS.caughtUp, () => this.caughtUp());
    on(STREAM_EVENTS.gap, (data) =>
      this.connection.set({ kind: 'gap', missed: (JSON.parse(data) as StreamGap).missed }),
    );
    on(STREAM_EVENTS.reset, () => this.forget());
    on(STREAM_EVENTS.signedOut, (data) => this.ended(JSON.parse(data) as SignedOut));
    source.onopen = () => this.heard();
    source.onerror = () => this.lost();
    this.expectSoon();
  }

  private receive(entry: LogEntry): void {
    const last = this.batch.at(-1) ?? this.entries.at(-1);
    // A reconnect may repeat what was already here.
    if (last !== undefined && entry.sequence <= last.sequence) return;
    if (this.batch.length === 0) this.deliverSoon();
    this.batch.push(entry);
    const { kind } = this.connection();
    if (kind !== 'live' && kind !== 'gap') {
      this.connection.set({ kind: 'catching-up', received: this.entries.length + this.batch.length });
    }
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
    if (this.connection().kind !== 'gap') this.live();
  }

  /** A heartbeat between stored entries does not yet mean that all of them are here. */
  private proveAlive(): void {
    if (this.connection().kind !== 'catching-up') this.live();
  }

  private live(): void {
    const { kind } = this.connection();
    if (kind !== 'live' && kind !== 'gap') this.connection.set({ kind: 'live' });
  }

  private lost(): void {
    const { kind } = this.connection();
    if (kind !== 'closed') this.waiting();
    // EventSource retries by itself after a dropped connection, but gives up after a refusal.
    if (this.source?.readyState !== EventSource.CLOSED) return;
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
    this.silence = setTimeout(() => this.connect(), RECONNECT_AFTER_MS);
  }

  /** Something arrived: the silence starts anew. */
  private heard(): void {
    this.heardAt.set(Date.now());
    this.expectSoon();
  }

  private expectSoon(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.waiting();
      this.disconnect();
      this.connect();
    }, SILENCE_LIMIT_MS);
  }

  private ended({ reason }: SignedOut): void {
    this.close();
    this.signedOut.set(reason);
    this.sessionEnd.tell(reason);
  }

  private disconnect(): void {
    clearTimeout(this.silence);
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
const RECONNECT_AFTER_MS = 2_000;
