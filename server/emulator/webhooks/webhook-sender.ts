import type { AppInstallation } from '#protocol/app-installation';

import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { Account } from '../state/account-state.ts';
import type { Notification } from '../state/conversation-notifications.ts';
import type { Occurrence } from '../state/conversations.ts';
import type { IsLocalHost } from '../state/installation-manifest.ts';
import { AppCourier } from './app-courier.ts';
import type { CourierOwner } from './app-courier.ts';
import { appUp } from './app-delivery-state.ts';
import type { AppDeliveryState } from './app-delivery-state.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryLog } from './delivery-log.ts';
import { Endpoints } from './endpoints.ts';
import { keptLoad, webhooksToKeep } from './kept-webhooks.ts';
import type { KeptWebhooks } from './kept-webhooks.ts';
import { Overtaking } from './overtaking.ts';
import { Redeliveries } from './redeliveries.ts';
import { retryPolicyOf } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { WebhookAttempts, webhookOccasion } from './webhook-attempts.ts';
import { webhookBody } from './webhook-message.ts';
import type { WebhookPoster } from './webhook-poster.ts';

export interface WebhookSenderDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  readonly log: EmulatorLog;
  readonly poster: WebhookPoster;
  readonly faults: FaultBook;
  readonly isLocalHost: IsLocalHost;
  /** Told when something was tried or has changed its state. */
  readonly changed: () => void;
  /** Default: enough for days of a demo. */
  readonly limits?: WaitingLimits;
}

/** What may wait for one app; beyond it the newest are lost. */
export interface WaitingLimits {
  readonly mostWebhooks: number;
  readonly mostBytes: number;
}

/** How the webhooks of one app stand. */
export interface AppStanding extends AppDeliveryState {
  readonly waiting: number;
  /** When the oldest that waits was created; `null`: nothing waits. */
  readonly waitingSince: number | null;
}

const DEFAULT_LIMITS: WaitingLimits = { mostWebhooks: 20_000, mostBytes: 32 * 1024 * 1024 };

/** Tells every connector app of an account what happens in all its conversations. @see PROTOCOL.md §8 */
export class WebhookSender {
  readonly endpoints: Endpoints;
  readonly deliveries: DeliveryLog;
  readonly redeliveries: Redeliveries;
  private readonly couriers = new Map<string, AppCourier>();
  private readonly overtaking: Overtaking;
  private readonly attempts: WebhookAttempts;
  private readonly deps: WebhookSenderDeps;
  private told = 0;
  private isResting = false;
  /** Kept ones, of accounts that are still to be resumed. */
  private unresumed: readonly KeptWebhooks[] = [];

  constructor(deps: WebhookSenderDeps) {
    const { clock, faults, log } = deps;
    this.deps = deps;
    this.endpoints = new Endpoints(deps);
    this.deliveries = new DeliveryLog({ log, now: () => clock.now() });
    this.attempts = new WebhookAttempts({ ...deps, endpoints: this.endpoints });
    this.redeliveries = new Redeliveries({
      attempts: this.attempts,
      deliveries: this.deliveries,
      changed: deps.changed,
    });
    this.overtaking = new Overtaking({
      clock,
      holdMs: (delivery) => (faults.isEmpty ? null : faults.meetOrder(webhookOccasion(delivery))),
      pass: (delivery) => this.send(delivery),
    });
  }

  tell(account: Account, { conversation, notifications }: Occurrence): void {
    const apps = account.installations.effective.list();
    for (const notification of notifications) {
      const { eventType } = notification;
      const wanting = apps.filter((app) => wants(app, notification));
      if (wanting.length === 0) continue;
      const content = {
        account,
        conversationId: conversation.id,
        consumerId: conversation.consumerId,
        eventType,
        body: webhookBody(notification, this.deps.settings.sampleStyle),
        createdAt: this.deps.clock.now(),
        tries: 0,
      };
      for (const { client_id: appKey } of wanting) {
        this.told += 1;
        this.overtaking.add({ ...content, appKey, number: this.told });
      }
    }
  }

  standingOf(account: Account, app: AppInstallation): AppStanding {
    const courier = this.couriers.get(keyOf({ account: account.id, app: app.client_id }));
    const { waiting = 0, waitingSince = null } = courier ?? {};
    return { ...(courier?.standing ?? appUp(app.client_id_issued_at * 1000)), waiting, waitingSince };
  }

  /** Everything that no app has taken yet. What is being tried counts as waiting: it may come twice. */
  keep(): readonly KeptWebhooks[] {
    const heldBack = this.overtaking.list().map((held) => ({ ...held, key: keyOf(ownerOf(held.delivery)) }));
    const owners = new Map<string, CourierOwner>([
      ...[...this.couriers].map(([key, { owner }]) => [key, owner] as const),
      ...heldBack.map(({ key, delivery }) => [key, ownerOf(delivery)] as const),
    ]);
    const now = this.deps.clock.now();
    const kept = [...owners].map(([key, owner]) => {
      const load = this.couriers.get(key)?.load ?? { state: appUp(now), queue: [], retries: [] };
      return webhooksToKeep(owner, { ...load, heldBack: heldBack.filter((held) => held.key === key) });
    });
    return [...this.unresumed, ...kept];
  }

  /** Takes what was kept. It goes on when its account is resumed. */
  restore(kept: readonly KeptWebhooks[]): void {
    this.unresumed = kept;
    for (const number of kept.flatMap(numbersIn)) this.told = Math.max(this.told, number);
  }

  /** Goes on with what was kept of the account. */
  resume(account: Account): void {
    const kept = this.unresumed.filter((each) => each.account === account.id);
    if (kept.length === 0) return;
    this.unresumed = this.unresumed.filter((each) => each.account !== account.id);
    for (const each of kept) {
      const { heldBack, ...load } = keptLoad(account, each);
      for (const held of heldBack) this.overtaking.hold(held);
      this.courierOf(each).take(load);
    }
  }

  /** Ends what is under way and forgets what waits. */
  clear(): void {
    this.stop();
    this.redeliveries.clear();
    this.overtaking.clear();
    this.couriers.clear();
    this.unresumed = [];
    this.deliveries.clear();
  }

  /** Posts nothing more, for good. What waits, and what comes afterwards, can still be kept. */
  rest(): void {
    if (this.isResting) return;
    this.isResting = true;
    this.stop();
    this.redeliveries.stop();
    for (const { owner, waiting } of this.couriers.values()) {
      if (waiting === 0) continue;
      const fields = { account: owner.account, appKey: owner.app, waiting };
      this.deps.log.info(fields, 'webhooks were not taken before the end');
    }
  }

  close(): void {
    this.rest();
    this.deps.poster.close();
  }

  private stop(): void {
    this.overtaking.stop();
    for (const courier of this.couriers.values()) courier.close();
  }

  private send(delivery: Delivery): void {
    const courier = this.courierOf(ownerOf(delivery));
    const { mostWebhooks, mostBytes } = this.deps.limits ?? DEFAULT_LIMITS;
    const isFull = courier.waiting >= mostWebhooks || courier.waitingBytes >= mostBytes;
    if (isFull) this.deliveries.reportLost(delivery, 'too many webhooks wait for this app');
    else courier.add(delivery);
  }

  private courierOf({ account, app }: CourierOwner): AppCourier {
    const key = keyOf({ account, app });
    const known = this.couriers.get(key);
    if (known) return known;
    const courier = new AppCourier({
      owner: { account, app },
      clock: this.deps.clock,
      attempt: (delivery, signal) => this.attempts.attempt(delivery, signal),
      policyOf,
      report: (...report) => {
        this.deliveries.report(...report);
        this.deps.changed();
      },
      changed: ({ phase, nextAt }) => {
        const fields = { account, appKey: app, phase, nextAt };
        this.deps.changed();
        this.deps.log[phase === 'FAILED' ? 'warn' : 'info'](
          fields,
          'connector app changed its delivery state',
        );
      },
      idle: () => void this.couriers.delete(key),
    });
    this.couriers.set(key, courier);
    if (this.isResting) courier.close();
    return courier;
  }
}

const wants = (app: AppInstallation, { eventType }: Notification): boolean =>
  app.enabled && app.capabilities?.webhooks?.[eventType] !== undefined;

const ownerOf = ({ account, appKey }: Delivery): CourierOwner => ({ account: account.id, app: appKey });

const keyOf = ({ account, app }: CourierOwner): string => `${account} ${app}`;

const numbersIn = ({ queue, retries, heldBack }: KeptWebhooks): readonly number[] =>
  [...queue, ...[...retries, ...heldBack].map(({ delivery }) => delivery)].map(({ number }) => number);

function policyOf({ account, appKey, eventType }: Delivery): RetryPolicy {
  const app = account.installations.effective.get(appKey);
  return retryPolicyOf(app?.capabilities?.webhooks, eventType);
}
