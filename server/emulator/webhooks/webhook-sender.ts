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
import { appUp } from './app-delivery-state.ts';
import type { AppDeliveryState } from './app-delivery-state.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryLog } from './delivery-log.ts';
import { Endpoints } from './endpoints.ts';
import { Overtaking } from './overtaking.ts';
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
  private readonly couriers = new Map<string, AppCourier>();
  private readonly overtaking: Overtaking;
  private readonly attempts: WebhookAttempts;
  private readonly deps: WebhookSenderDeps;
  private told = 0;

  constructor(deps: WebhookSenderDeps) {
    const { clock, faults, log } = deps;
    this.deps = deps;
    this.endpoints = new Endpoints(deps);
    this.deliveries = new DeliveryLog({ log, now: () => clock.now() });
    this.attempts = new WebhookAttempts({ ...deps, endpoints: this.endpoints });
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
    const courier = this.couriers.get(keyOf(account, app.client_id));
    const { waiting = 0, waitingSince = null } = courier ?? {};
    return { ...(courier?.standing ?? appUp(app.client_id_issued_at * 1000)), waiting, waitingSince };
  }

  /** Ends what is under way and forgets what waits. */
  clear(): void {
    this.overtaking.clear();
    for (const courier of this.couriers.values()) courier.close();
    this.couriers.clear();
    this.deliveries.clear();
  }

  close(): void {
    this.clear();
    this.deps.poster.close();
  }

  private send(delivery: Delivery): void {
    const courier = this.courierOf(delivery);
    const { mostWebhooks, mostBytes } = this.deps.limits ?? DEFAULT_LIMITS;
    const isFull = courier.waiting >= mostWebhooks || courier.waitingBytes >= mostBytes;
    if (isFull) this.deliveries.reportLost(delivery, 'too many webhooks wait for this app');
    else courier.add(delivery);
  }

  private courierOf({ account, appKey }: Delivery): AppCourier {
    const key = keyOf(account, appKey);
    const known = this.couriers.get(key);
    if (known) return known;
    const courier = new AppCourier({
      clock: this.deps.clock,
      attempt: (delivery, signal) => this.attempts.attempt(delivery, signal),
      policyOf,
      report: (...report) => this.deliveries.report(...report),
      changed: ({ phase, nextAt }) => {
        const fields = { account: account.id, appKey, phase, nextAt };
        this.deps.log[phase === 'FAILED' ? 'warn' : 'info'](
          fields,
          'connector app changed its delivery state',
        );
      },
      idle: () => void this.couriers.delete(key),
    });
    this.couriers.set(key, courier);
    return courier;
  }
}

const wants = (app: AppInstallation, { eventType }: Notification): boolean =>
  app.enabled && app.capabilities?.webhooks?.[eventType] !== undefined;

const keyOf = (account: Account, appKey: string): string => `${account.id} ${appKey}`;

function policyOf({ account, appKey, eventType }: Delivery): RetryPolicy {
  const app = account.installations.effective.get(appKey);
  return retryPolicyOf(app?.capabilities?.webhooks, eventType);
}
