import type { Clock, Scheduled } from '../clock.ts';
import type { Delivery } from './delivery.ts';

/** A webhook that waits for another to overtake it, and for how long at most. */
export interface HeldBack {
  readonly delivery: Delivery;
  /** Epoch milliseconds. */
  readonly until: number;
}

export interface OvertakingDeps {
  readonly clock: Clock;
  /** How long the webhook is to be held back; `null`: not at all. */
  readonly holdMs: (delivery: Delivery) => number | null;
  readonly pass: (delivery: Delivery) => void;
}

/** Lets the next webhook of the same app and conversation overtake one that a fault has chosen. */
export class Overtaking {
  private readonly held = new Map<string, HeldBack & { readonly limit: Scheduled }>();
  private readonly deps: OvertakingDeps;

  constructor(deps: OvertakingDeps) {
    this.deps = deps;
  }

  add(delivery: Delivery): void {
    const key = lineOf(delivery);
    if (this.held.has(key)) {
      this.deps.pass(delivery);
      this.release(key);
      return;
    }
    const holdMs = this.deps.holdMs(delivery);
    if (holdMs === null) {
      this.deps.pass(delivery);
      return;
    }
    this.hold({ delivery, until: this.deps.clock.now() + holdMs });
  }

  /** Holds a webhook back, as one was before. */
  hold({ delivery, until }: HeldBack): void {
    const { clock } = this.deps;
    const key = lineOf(delivery);
    const limit = clock.schedule(until - clock.now(), () => this.release(key));
    this.held.set(key, { delivery, until, limit });
  }

  list(): readonly HeldBack[] {
    return [...this.held.values()];
  }

  /** Lets none pass any more. */
  stop(): void {
    for (const { limit } of this.held.values()) limit.cancel();
  }

  /** Forgets what is held back. */
  clear(): void {
    this.stop();
    this.held.clear();
  }

  private release(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.held.delete(key);
    held.limit.cancel();
    this.deps.pass(held.delivery);
  }
}

const lineOf = ({ account, appKey, conversationId }: Delivery): string =>
  `${account.id} ${appKey} ${conversationId}`;
