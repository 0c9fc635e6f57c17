import type { LogEntry } from '#protocol/bridge-events';

/** Many batches are gathered for so long. */
const PACE_MS = 200;
/** So many in a row still go on at once. */
const BURST = 8;

/**
 * Hands entries over: a few batches at once, a stream of them some times a second. Each has lists and diagram worked out
 * anew, and at fifty a second nobody reads them while the chat has to be quick.
 */
export class PacedEntries {
  private waiting: readonly LogEntry[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private begunAt = 0;
  private batches = 0;

  private readonly handOver: (entries: readonly LogEntry[]) => void;

  constructor(handOver: (entries: readonly LogEntry[]) => void) {
    this.handOver = handOver;
  }

  take(entries: readonly LogEntry[]): void {
    this.waiting = [...this.waiting, ...entries];
    if (this.timer !== undefined) return;
    const now = performance.now();
    if (now - this.begunAt > PACE_MS) this.begin(0);
    this.batches += 1;
    if (this.batches <= BURST) this.flush();
    else this.timer = setTimeout(() => this.pause(), this.begunAt + PACE_MS - now);
  }

  /** Forgets what waits. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private pause(): void {
    this.timer = undefined;
    this.begin(BURST);
    this.flush();
  }

  private begin(batches: number): void {
    this.begunAt = performance.now();
    this.batches = batches;
  }

  private flush(): void {
    const entries = this.waiting;
    this.waiting = [];
    this.handOver(entries);
  }
}
