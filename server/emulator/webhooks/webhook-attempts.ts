import type { AppInstallation } from '#protocol/app-installation';
import type { DeliveryFailure } from '#protocol/emulator-controls';

import { pause } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { WebhookOccasion } from '../faults/occasion.ts';
import type { IsLocalHost } from '../state/installation-manifest.ts';
import type { Attempt } from './attempt.ts';
import type { Delivery } from './delivery.ts';
import type { Endpoints } from './endpoints.ts';
import { postPlan } from './faulty-post.ts';
import type { PostPlan } from './faulty-post.ts';
import { webhookMessage } from './webhook-message.ts';
import type { WebhookMessage } from './webhook-message.ts';
import type { PostOutcome, WebhookPoster } from './webhook-poster.ts';

export interface WebhookAttemptsDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  readonly poster: WebhookPoster;
  readonly endpoints: Endpoints;
  readonly faults: FaultBook;
  /** Hosts that webhooks may go to: an emulated account never causes a call outside the machine. */
  readonly isLocalHost: IsLocalHost;
}

/** The only statuses that acknowledge. @see PROTOCOL.md §8.5 */
const ACKNOWLEDGED: ReadonlySet<number> = new Set([200, 201]);
const WHY_NOT = {
  unwanted: 'the app is gone, is switched off or wants no such events',
  elsewhere: 'the endpoint is not on this machine, and the emulator calls nothing else',
  'switched-off': 'the endpoint was switched off: it stayed slow for too long',
} as const satisfies Partial<Record<DeliveryFailure, string>>;

/** Why a webhook is not even posted. */
export type Hindrance = keyof typeof WHY_NOT;

/** Calls the endpoints of apps, once each time, and lets the faults happen that were asked for. @see PROTOCOL.md §8.5 */
export class WebhookAttempts {
  private readonly deps: WebhookAttemptsDeps;

  constructor(deps: WebhookAttemptsDeps) {
    this.deps = deps;
  }

  /** Why the webhook would not be posted now; `null`: it would. */
  hindrance(delivery: Delivery): Hindrance | null {
    const aim = this.aim(delivery);
    return 'hindrance' in aim ? aim.hindrance : null;
  }

  /**
   * Never rejects.
   *
   * @param wantedBy What somebody asks for is not counted for or against the endpoint
   */
  async attempt(
    delivery: Delivery,
    signal: AbortSignal,
    wantedBy: Posting['wantedBy'] = 'cloud',
  ): Promise<Attempt> {
    const aim = this.aim(delivery);
    if ('hindrance' in aim) return notAsked(aim.endpoint, aim.hindrance);
    const { app, message } = aim;
    const { endpoint } = message;
    const { outcome, durationMs } = await this.post(app, { delivery, message, signal, wantedBy });
    const status = 'status' in outcome ? outcome.status : null;
    return {
      endpoint,
      isTaken: status !== null && ACKNOWLEDGED.has(status),
      status,
      failure: 'failure' in outcome ? outcome.failure : null,
      reason: 'failure' in outcome ? outcome.reason : null,
      durationMs,
    };
  }

  private aim(delivery: Delivery): Aim | Missed {
    const { endpoints, isLocalHost, settings } = this.deps;
    const app = delivery.account.installations.effective.get(delivery.appKey);
    const message = app && messageFor(app, delivery, settings);
    if (!message) return { endpoint: null, hindrance: 'unwanted' };
    const { endpoint } = message;
    if (!isLocalHost(new URL(endpoint).hostname)) return { endpoint, hindrance: 'elsewhere' };
    if (endpoints.standing(app, endpoint).isSwitchedOff) return { endpoint, hindrance: 'switched-off' };
    return { app, message };
  }

  private async post(
    app: AppInstallation,
    { delivery, message, signal, wantedBy }: Posting,
  ): Promise<{ readonly outcome: PostOutcome; readonly durationMs: number }> {
    const { clock, endpoints, faults, settings } = this.deps;
    const rule = faults.isEmpty ? null : faults.meetWebhook(webhookOccasion(delivery));
    const plan = postPlan(rule, message, { secret: app.client_secret ?? '', style: settings.signature });
    if (plan.delayMs > 0) await pause(clock, plan.delayMs, signal);
    const at = clock.now();
    const outcome = await this.follow(plan, signal);
    const durationMs = clock.now() - at;
    const isCounted = wantedBy === 'cloud' && plan.messages.length > 0;
    if (isCounted) endpoints.note(app, message.endpoint, { at, durationMs });
    return { outcome, durationMs };
  }

  private async follow({ messages, manner, pretended }: PostPlan, signal: AbortSignal): Promise<PostOutcome> {
    let outcome: PostOutcome = { failure: 'nothing was sent', reason: 'broken-off' };
    for (const message of messages) outcome = await this.deps.poster.post(message, signal, manner);
    return pretended ?? outcome;
  }
}

interface Aim {
  readonly app: AppInstallation;
  readonly message: WebhookMessage;
}

interface Missed {
  readonly endpoint: string | null;
  readonly hindrance: Hindrance;
}

interface Posting {
  readonly delivery: Delivery;
  readonly message: WebhookMessage;
  readonly signal: AbortSignal;
  readonly wantedBy: 'cloud' | 'somebody';
}

export const webhookOccasion = (delivery: Delivery): WebhookOccasion => ({
  on: 'webhook',
  account: delivery.account.id,
  app: delivery.appKey,
  conversation: delivery.conversationId,
  eventType: delivery.eventType,
  consumer: delivery.consumerId,
  attempt: delivery.tries + 1,
});

function messageFor(
  app: AppInstallation,
  delivery: Delivery,
  settings: CloudSettings,
): WebhookMessage | null {
  const { account, conversationId, eventType, body } = delivery;
  return webhookMessage(app, { account: account.id, conversationId, eventType, body }, settings.signature);
}

const notAsked = (endpoint: string | null, reason: Hindrance): Attempt => ({
  endpoint,
  isTaken: false,
  status: null,
  failure: WHY_NOT[reason],
  reason,
  durationMs: 0,
});
