import type { Delivery } from './delivery.ts';

/** A webhook that was told of, with its bytes. */
export interface RecentWebhook {
  /** With the tries that the cloud itself has made. */
  readonly delivery: Delivery;
  /** How many redeliveries of it were asked for. */
  readonly redeliveries: number;
}

export interface RecentLimits {
  readonly mostWebhooks: number;
  readonly mostBytes: number;
}

export const RECENT_LIMITS: RecentLimits = { mostWebhooks: 2000, mostBytes: 8 * 1024 * 1024 };

/** The webhooks that were told of last, so that one can be redelivered: the oldest go when they are too many or too large. */
export class RecentWebhooks {
  private readonly webhooks = new Map<number, RecentWebhook>();
  private bytes = 0;
  private readonly limits: RecentLimits;

  constructor(limits: RecentLimits = RECENT_LIMITS) {
    this.limits = limits;
  }

  has(number: number): boolean {
    return this.webhooks.has(number);
  }

  get(number: number): RecentWebhook | null {
    return this.webhooks.get(number) ?? null;
  }

  /** Makes it the newest. One that is larger than everything may be together is not kept. */
  keep(delivery: Delivery, redeliveries = this.get(delivery.number)?.redeliveries ?? 0): void {
    this.drop(delivery.number);
    if (delivery.body.byteLength > this.limits.mostBytes) return;
    this.webhooks.set(delivery.number, { delivery, redeliveries });
    this.bytes += delivery.body.byteLength;
    const { mostWebhooks, mostBytes } = this.limits;
    for (const oldest of this.webhooks.keys()) {
      if (this.webhooks.size <= mostWebhooks && this.bytes <= mostBytes) return;
      this.drop(oldest);
    }
  }

  clear(): void {
    this.webhooks.clear();
    this.bytes = 0;
  }

  private drop(number: number): void {
    const known = this.webhooks.get(number);
    if (!known) return;
    this.webhooks.delete(number);
    this.bytes -= known.delivery.body.byteLength;
  }
}
