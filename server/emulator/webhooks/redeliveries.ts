import type { Account } from '../state/account-state.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryLog } from './delivery-log.ts';
import type { WebhookAttempts } from './webhook-attempts.ts';

export interface RedeliveriesDeps {
  readonly attempts: WebhookAttempts;
  readonly deliveries: DeliveryLog;
  /** Told when something was tried. */
  readonly changed: () => void;
}

/** Why a webhook is not redelivered. */
export type RedeliveryRefusal =
  /** The account has no such try, it is too long ago, or of an emulator before this one. */
  | 'unknown'
  /** Its body is not kept any more. */
  | 'not-kept'
  | 'app-gone'
  | 'app-disabled'
  | 'no-endpoint'
  | 'elsewhere'
  | 'switched-off'
  | 'too-many'
  /** Nothing is posted any more. */
  | 'resting';

/** What was asked for: the try is told of when its endpoint has answered. */
export interface RedeliveryBegun {
  /** Of this webhook; 1 for the first. */
  readonly redelivery: number;
  /** The same for all tries of the webhook. */
  readonly delivery: number;
}

/** On their way at once, so that an endpoint that does not answer leaves connections for the account's own webhooks. */
export const MOST_REDELIVERIES_UNDER_WAY = 8;

/**
 * Posts a webhook once more because somebody asks for it: the same bytes, signed anew, to where the app has its endpoint now.
 * It goes beside the app's courier: nothing waits for it, and it proves nothing about the app. If it is not taken, nobody
 * tries again.
 */
export class Redeliveries {
  private readonly underWay = new Set<Delivery>();
  private stopping = new AbortController();
  private readonly deps: RedeliveriesDeps;

  constructor(deps: RedeliveriesDeps) {
    this.deps = deps;
  }

  /** @param id of a try that was told of */
  begin(account: Account, id: string): RedeliveryBegun | RedeliveryRefusal {
    const { deliveries } = this.deps;
    if (this.stopping.signal.aborted) return 'resting';
    const told = deliveries.find(id);
    if (told?.account !== account.id) return 'unknown';
    const recent = deliveries.recent.get(told.delivery);
    if (!recent) return 'not-kept';
    const { delivery } = recent;
    const hindrance = this.hindrance(delivery);
    if (hindrance !== null) return hindrance;
    if (this.countOf(account) >= MOST_REDELIVERIES_UNDER_WAY) return 'too-many';
    const redelivery = recent.redeliveries + 1;
    deliveries.recent.keep(delivery, redelivery);
    void this.post(delivery, redelivery, this.stopping.signal);
    return { delivery: delivery.number, redelivery };
  }

  /** Ends what is under way, untold. */
  clear(): void {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    this.stopping = new AbortController();
  }

  /** Ends what is under way, untold, and begins nothing more. */
  stop(): void {
    this.stopping.abort();
  }

  private async post(delivery: Delivery, redelivery: number, signal: AbortSignal): Promise<void> {
    const { attempts, deliveries, changed } = this.deps;
    // Faults count it as one more try.
    const again = { ...delivery, tries: delivery.tries + redelivery - 1 };
    this.underWay.add(again);
    const attempt = await attempts.attempt(again, signal, 'somebody');
    this.underWay.delete(again);
    if (signal.aborted) return;
    deliveries.reportRedelivery(delivery, { attempt, redelivery });
    changed();
  }

  private hindrance(delivery: Delivery): RedeliveryRefusal | null {
    const hindrance = this.deps.attempts.hindrance(delivery);
    if (hindrance !== 'unwanted') return hindrance;
    const app = delivery.account.installations.effective.get(delivery.appKey);
    if (!app) return 'app-gone';
    return app.enabled ? 'no-endpoint' : 'app-disabled';
  }

  private countOf(account: Account): number {
    return [...this.underWay].filter((each) => each.account === account).length;
  }
}
