import { signal } from '@angular/core';

import type { LogEntry } from '#protocol/bridge-events';

export type LogListener = (entries: readonly LogEntry[]) => void;

/** What the bridge's log has dropped, and what is left here. */
export interface Forgotten {
  readonly dropped: readonly LogEntry[];
  readonly kept: readonly LogEntry[];
}

/** The entries that are here, in order and each once, and those who follow them. */
export class KeptEntries {
  /** Sequence of the newest entry that was handed on. */
  readonly cursor = signal(0);

  private entries: LogEntry[] = [];
  private batch: LogEntry[] = [];
  private readonly listeners = new Set<LogListener>();
  private readonly resetListeners = new Set<() => void>();
  private readonly forgetListeners = new Set<(forgotten: Forgotten) => void>();
  /** Newest sequence that was here and is forgotten. */
  private forgottenThrough = 0;
  private deliveredAt = 0;

  get count(): number {
    return this.entries.length + this.batch.length;
  }

  get newest(): number {
    return (this.batch.at(-1) ?? this.entries.at(-1))?.sequence ?? this.forgottenThrough;
  }

  all(): readonly LogEntry[] {
    return [...this.entries, ...this.batch];
  }

  follow(
    listener: LogListener,
    onReset: () => void,
    onForgotten: (forgotten: Forgotten) => void,
  ): () => void {
    this.listeners.add(listener);
    this.resetListeners.add(onReset);
    this.forgetListeners.add(onForgotten);
    if (this.entries.length > 0) listener([...this.entries]);
    return () => {
      this.listeners.delete(listener);
      this.resetListeners.delete(onReset);
      this.forgetListeners.delete(onForgotten);
    };
  }

  /**
   * Keeps an entry and hands it on soon; returns whether it is new. A reconnect may repeat what was already here.
   * @param isLive Live entries go on at once; of a backlog a batch every so often, since each makes its readers draw.
   */
  add(entry: LogEntry, isLive: boolean): boolean {
    if (entry.sequence <= this.newest) return false;
    if (this.batch.length === 0) this.deliverSoon(isLive);
    this.batch.push(entry);
    return true;
  }

  /** Hands on what waits. */
  deliver(): void {
    const batch = this.batch;
    if (batch.length === 0) return;
    this.batch = [];
    this.deliveredAt = Date.now();
    this.entries.push(...batch);
    this.cursor.set(batch.at(-1)?.sequence ?? 0);
    for (const listener of this.listeners) listener(batch);
  }

  /** Forgets what came up to there; where the log goes on is remembered. */
  forgetThrough(sequence: number): void {
    const count = this.entries.findLastIndex((entry) => entry.sequence <= sequence) + 1;
    if (count === 0) return;
    const forgotten = { dropped: this.entries.slice(0, count), kept: this.entries.slice(count) };
    this.entries = [...forgotten.kept];
    this.forgottenThrough = forgotten.dropped.at(-1)?.sequence ?? 0;
    for (const forget of this.forgetListeners) forget(forgotten);
  }

  forget(): void {
    this.forgottenThrough = 0;
    this.entries = [];
    this.batch = [];
    this.cursor.set(0);
    this.deliveredAt = 0;
    for (const reset of this.resetListeners) reset();
  }

  private deliverSoon(isLive: boolean): void {
    const waitMs = isLive ? 0 : this.deliveredAt + BACKLOG_BATCH_MS - Date.now();
    if (waitMs <= 0) queueMicrotask(() => this.deliver());
    else setTimeout(() => this.deliver(), waitMs);
  }
}

const BACKLOG_BATCH_MS = 200;
