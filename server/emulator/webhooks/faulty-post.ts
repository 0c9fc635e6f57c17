import { randomBytes } from 'node:crypto';

import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

import type { SignatureStyle } from '../cloud-settings.ts';
import type { WebhookRule } from '../faults/fault-rule.ts';
import { corrupted } from '../faults/tampering.ts';
import type { WebhookMessage } from './webhook-message.ts';
import type { PostManner, PostOutcome } from './webhook-poster.ts';
import { webhookSignature } from './webhook-signature.ts';

/** What a fault makes of one POST. */
export interface PostPlan {
  /** What is posted, in this order; none: nothing is sent, and the cloud believes that it was. */
  readonly messages: readonly WebhookMessage[];
  readonly manner: PostManner;
  readonly delayMs: number;
  /** What the cloud takes for the outcome whatever the endpoint said; `null`: the last answer. */
  readonly pretended: PostOutcome | null;
}

export interface Signing {
  readonly secret: string;
  readonly style: SignatureStyle;
}

const AS_IT_IS: Omit<PostPlan, 'messages'> = { manner: { how: 'whole' }, delayMs: 0, pretended: null };

/** @param rule `null`: nothing goes wrong. */
export function postPlan(rule: WebhookRule | null, message: WebhookMessage, signing: Signing): PostPlan {
  const plan: PostPlan = { ...AS_IT_IS, messages: [message] };
  if (!rule) return plan;
  switch (rule.kind) {
    // The order was changed before.
    case 'reorder':
      return plan;
    case 'delay':
      return { ...plan, delayMs: rule.ms };
    case 'drop':
      return { ...plan, messages: [], pretended: { status: 200 } };
    case 'duplicate':
      return { ...plan, messages: Array.from({ length: rule.times }, () => message) };
    case 'status':
      return { ...plan, pretended: { status: rule.status } };
    case 'reset':
      return { ...plan, manner: { how: 'broken-off' } };
    case 'slow-body':
      return { ...plan, manner: { how: 'in-pieces', ms: rule.ms } };
    default:
      return { ...plan, messages: [tampered(rule, message, signing)] };
  }
}

type TamperingRule = Extract<WebhookRule, { kind: 'corrupt-body' | 'wrong-signature' | 'missing-signature' }>;

function tampered(rule: TamperingRule, message: WebhookMessage, { secret, style }: Signing): WebhookMessage {
  const unsigned = without(message.headers, WEBHOOK_HEADERS.signature);
  const signedWith = (key: string, body: Buffer): WebhookMessage['headers'] => ({
    ...unsigned,
    [WEBHOOK_HEADERS.signature]: webhookSignature(key, body, style),
  });
  switch (rule.kind) {
    case 'missing-signature':
      return { ...message, headers: unsigned };
    case 'wrong-signature':
      return { ...message, headers: signedWith(randomBytes(16).toString('hex'), message.body) };
    case 'corrupt-body': {
      const body = corrupted(message.body);
      const headers = rule.signed === 'original' ? message.headers : signedWith(secret, body);
      return { ...message, headers, body };
    }
    default:
      return rule satisfies never;
  }
}

const without = (headers: WebhookMessage['headers'], name: string): WebhookMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
