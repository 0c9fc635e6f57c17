import type { Clock, Scheduled } from '../clock.ts';
import type { Delivery } from './delivery.ts';

/** A webhook that is tried again by itself, and when. */
export interface CountedRetry {
  readonly delivery: Delivery;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

export interface CountedRetriesDeps {
  readonly clock: Clock;
  /** Tries again. The webhook is counted as waiting until {@link CountedRetries.remove} is called. */
  readonly retry: (delivery: Delivery) => void;
}

/** Webhooks outside of their lines, each waiting for its own next try: the order is not kept. @see PROTOCOL.md §8.6 */
export class CountedRetries {
  private readonly waiting = new Map<Delivery, { readonly dueAt: number; readonly timer: Scheduled }>();
  private readonly deps: CountedRetriesDeps;

  constructor(deps: CountedRetriesDeps) {
    this.deps = deps;
  }

  get size(): number {
    return this.waiting.size;
  }

  add({ delivery, dueAt }: CountedRetry): void {
    const { clock, retry } = this.deps;
    const timer = clock.schedule(dueAt - clock.now(), () => retry(delivery));
    this.waiting.set(delivery, { dueAt, timer });
  }

  remove(delivery: Delivery): void {
    this.waiting.delete(delivery);
  }

  /** Those that wait, and those that are being tried. */
  list(): readonly CountedRetry[] {
    return [...this.waiting].map(([delivery, { dueAt }]) => ({ delivery, dueAt }));
  }

  /** Tries none any more. */
  stop(): void {
    for (const { timer } of this.waiting.values()) timer.cancel();
  }
}
