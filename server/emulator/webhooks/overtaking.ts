import type { Clock, Scheduled } from '../clock.ts';
import type { Delivery } from './delivery.ts';

export interface OvertakingDeps {
  readonly clock: Clock;
  /** How long the webhook is to be held back; `null`: not at all. */
  readonly holdMs: (delivery: Delivery) => number | null;
  readonly pass: (delivery: Delivery) => void;
}

/** Lets the next webhook of the same app and conversation overtake one that a fault has chosen. */
export class Overtaking {
  private readonly held = new Map<string, { readonly delivery: Delivery; readonly limit: Scheduled }>();
  private readonly deps: OvertakingDeps;

  constructor(deps: OvertakingDeps) {
    this.deps = deps;
  }

  add(delivery: Delivery): void {
    const key = `${delivery.account.id} ${delivery.appKey} ${delivery.conversationId}`;
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
    const limit = this.deps.clock.schedule(holdMs, () => this.release(key));
    this.held.set(key, { delivery, limit });
  }

  /** Forgets what is held back. */
  clear(): void {
    for (const { limit } of this.held.values()) limit.cancel();
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
