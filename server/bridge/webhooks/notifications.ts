import type { NotificationRefused, SignatureVerdict } from '#protocol/bridge-events';
import { asAccountId, asAppKey, type AccountId, type AppKey } from '#protocol/identifiers';
import {
  WEBHOOK_HEADERS,
  conversationOf,
  isConversationChange,
  isWebhookNotification,
  type NotificationChange,
  type WebhookNotification,
} from '#protocol/webhook-notification';

import type { ConversationRegistry } from '../conversations/conversation-registry.ts';
import type { CheckArrivals } from '../endpoint-checks/check-arrivals.ts';
import type { Audience, EventStore, NewEntry } from '../event-store/event-store.ts';
import { isTooComplex } from '../http/json-complexity.ts';
import type { AppSecrets } from '../installations/app-secrets.ts';
import type { RotatedSecrets } from '../installations/rotated-secrets.ts';
import type { Logger } from '../logging/loggers.ts';
import { maskWebhookHeaders } from '../logging/masking.ts';
import { deliveryKey } from './delivery-key.ts';
import { ownerOf } from './notification-owner.ts';
import { REFUSAL_WORDS } from './refusal-words.ts';
import type { WebhookMeter } from './webhook-meter.ts';
import { formsOf, type SignaturePolicy } from './signature-forms.ts';
import { signatureFormOf, verifySignature } from './webhook-signature.ts';

export interface NotificationsDeps {
  readonly secrets: AppSecrets;
  readonly registry: ConversationRegistry;
  readonly store: EventStore;
  /** Learn from the cloud's word what became of calls whose answer got lost. */
  readonly witnesses: readonly Witness[];
  /** Takes what the bridge sent to itself to try its endpoints. */
  readonly checks: CheckArrivals;
  readonly log: Logger;
  readonly now: () => number;
  readonly meter?: WebhookMeter;
  /** Asked when a signature does not fit: the app may have a new secret. */
  readonly rotated: Pick<RotatedSecrets, 'look'>;
  /** How the webhooks of each app may be signed. */
  readonly signatures: SignaturePolicy;
  /** `observe`: whoever signs wrong is answered like everybody else. Nothing else is different. */
  readonly mode: 'strict' | 'observe';
}

/** Is told of each change after it was stored. */
export interface Witness {
  note(audience: Audience, change: NotificationChange): Promise<void>;
}

/** A webhook as it came in. */
export interface ReceivedWebhook {
  /** The request's: what came in it can be found by what its sender was answered. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** What the sender is told; nothing that would help one who tries. */
export type Reception = { readonly isTaken: true } | { readonly isTaken: false; readonly status: 400 | 401 };

/** The cloud's largest notifications nest 10 deep and hold some hundred members. */
const JSON_LIMITS = { maxDepth: 64, maxMembers: 10_000 };

interface Sender {
  readonly account: AccountId;
  readonly appKey: AppKey;
}

interface Delivery {
  readonly webhook: ReceivedWebhook;
  readonly sender: Sender;
  /** By `performance.now()`. */
  readonly startedAt: number;
}

const TAKEN: Reception = { isTaken: true };

/** Takes webhooks: checked over their bytes, then stored, and only then acknowledged. */
export class Notifications {
  private readonly deps: NotificationsDeps;

  constructor(deps: NotificationsDeps) {
    this.deps = deps;
  }

  /** Resolves when everything the webhook holds is stored. @throws BridgeError `store-unavailable` */
  receive(webhook: ReceivedWebhook): Promise<Reception> {
    const startedAt = performance.now();
    const account = headerOf(webhook, WEBHOOK_HEADERS.account);
    const appKey = headerOf(webhook, WEBHOOK_HEADERS.clientId);
    const sender = { account: asAccountId(account ?? ''), appKey: asAppKey(appKey ?? '') };
    const verdict = this.verdictOf(webhook, sender);
    return verdict === 'body-differs'
      ? this.judgeAgain({ webhook, sender, startedAt })
      : this.take({ webhook, sender, startedAt }, verdict);
  }

  /** The app may have a new secret. */
  private async judgeAgain(delivery: Delivery): Promise<Reception> {
    const { webhook, sender } = delivery;
    const isRotated = await this.deps.rotated.look(sender.account, sender.appKey);
    return this.take(delivery, isRotated ? this.verdictOf(webhook, sender) : 'body-differs');
  }

  private async take(delivery: Delivery, verdict: SignatureVerdict): Promise<Reception> {
    const { webhook, sender } = delivery;
    if (this.deps.checks.meet(webhook, verdict)) {
      return verdict === 'valid' ? TAKEN : { isTaken: false, status: 401 };
    }
    this.deps.meter?.judged(verdict);
    if (verdict !== 'valid') return this.refuseSignature(webhook, sender, verdict);
    if (isTooComplex(webhook.body, JSON_LIMITS)) {
      return this.refuse(webhook, sender, { reason: 'too-complex', status: 400 });
    }
    const notification = readJson(webhook.body);
    if (notification === undefined)
      return this.refuse(webhook, sender, { reason: 'invalid-json', status: 400 });
    if (!isWebhookNotification(notification)) {
      return this.refuse(webhook, sender, { reason: 'not-a-notification', status: 400 });
    }
    const entries = this.toEntries(delivery, notification);
    await this.deps.store.append(entries);
    if (entries.some(({ owner }) => owner !== null)) await this.tellWitnesses(entries, notification);
    return TAKEN;
  }

  private verdictOf(webhook: ReceivedWebhook, { account, appKey }: Sender): SignatureVerdict {
    const header = headerOf(webhook, WEBHOOK_HEADERS.signature);
    if (account === '' || appKey === '' || header === undefined) return 'header-missing';
    const secret = this.deps.secrets.find(account, appKey);
    if (secret === null) return 'unknown-app';
    const otherSecrets = (): string[] => this.deps.secrets.all(account).map((other) => other.secret);
    const forms = formsOf(this.deps.signatures, appKey);
    return verifySignature({ header, body: webhook.body, secret, otherSecrets, forms });
  }

  private toEntries(
    { webhook, sender: { account, appKey }, startedAt }: Delivery,
    { type, body }: WebhookNotification,
  ): NewEntry[] {
    const headers = maskWebhookHeaders(webhook.headers);
    const handledMs = Math.round((performance.now() - startedAt) * 100) / 100;
    return body.changes.map((change, changeIndex) => {
      if (isConversationChange(change) && change.result.conversationDetails.stage === 'CLOSE') {
        this.deps.registry.markClosed(account, change.result.convId, this.deps.now());
      }
      return {
        account,
        owner: ownerOf(this.deps.registry, account, change),
        conversationId: conversationOf(change),
        payload: {
          kind: 'notification',
          deliveryId: webhook.id,
          appKey,
          type,
          changeIndex,
          changeCount: body.changes.length,
          change,
          signature: 'valid',
          headers,
          sizeBytes: webhook.body.length,
          handledMs,
        },
        deliveryKey: deliveryKey(appKey, change),
      };
    });
  }

  private async tellWitnesses(entries: readonly NewEntry[], { body }: WebhookNotification): Promise<void> {
    for (const [index, { account, owner }] of entries.entries()) {
      const change = body.changes[index];
      if (owner === null || change === undefined) continue;
      for (const witness of this.deps.witnesses) await witness.note({ account, owner }, change);
    }
  }

  private refuseSignature(
    webhook: ReceivedWebhook,
    sender: Sender,
    reason: SignatureVerdict,
  ): Promise<Reception> {
    return this.refuse(webhook, sender, { reason, status: this.deps.mode === 'observe' ? 200 : 401 });
  }

  private async refuse(
    webhook: ReceivedWebhook,
    { account, appKey }: Sender,
    { reason, status }: { readonly reason: NotificationRefused['reason']; readonly status: 200 | 400 | 401 },
  ): Promise<Reception> {
    this.deps.log.warn({ account, appKey, reason, sizeBytes: webhook.body.length }, 'webhook refused');
    // A log for accounts that nobody here ever worked with would be one that strangers can fill.
    if (this.deps.secrets.knowsAccount(account)) {
      const payload: NotificationRefused = {
        kind: 'notification-refused',
        deliveryId: webhook.id,
        status,
        reason,
        detail: this.detailOf(webhook, appKey, reason),
        appKey: appKey === '' ? null : appKey,
        headers: maskWebhookHeaders(webhook.headers),
        sizeBytes: webhook.body.length,
      };
      await this.deps.store.append([
        { account, owner: null, conversationId: null, payload, deliveryKey: null },
      ]);
    }
    return status === 200 ? TAKEN : { isTaken: false, status };
  }

  private detailOf(webhook: ReceivedWebhook, appKey: AppKey, reason: NotificationRefused['reason']): string {
    if (reason !== 'algorithm-unexpected' && reason !== 'encoding-unexpected') return REFUSAL_WORDS[reason];
    const found = signatureFormOf(headerOf(webhook, WEBHOOK_HEADERS.signature)) ?? 'of no known form';
    const taken = formsOf(this.deps.signatures, appKey).join(', ');
    return `${REFUSAL_WORDS[reason]} This one is ${found}; taken for this app: ${taken}.`;
  }
}

function headerOf({ headers }: ReceivedWebhook, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
