import * as v from 'valibot';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import { asAccountId, asAppKey, asConsumerId, asConversationId } from '#protocol/identifiers';

import type { Account } from '../state/account-state.ts';
import type { CourierLoad, CourierOwner } from './app-courier.ts';
import type { Delivery } from './delivery.ts';
import type { HeldBack } from './overtaking.ts';

const text = v.string();
const time = v.number();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const keptDeliverySchema = v.object({
  number: count,
  conversationId: v.pipe(text, v.transform(asConversationId)),
  consumerId: v.pipe(text, v.transform(asConsumerId)),
  eventType: v.picklist(WEBHOOK_EVENT_TYPES),
  createdAt: time,
  tries: count,
  /** The bytes as UTF-8: they are JSON that the emulator wrote. */
  body: text,
});

/** What is kept of the webhooks of one app that were not taken yet. */
export const keptWebhooksSchema = v.object({
  account: v.pipe(text, v.transform(asAccountId)),
  app: v.pipe(text, v.transform(asAppKey)),
  state: v.object({
    phase: v.picklist(['UP', 'FAILED', 'IN TRANSITION', 'RECOVERED']),
    since: time,
    failures: count,
    nextAt: v.nullable(time),
  }),
  queue: v.array(keptDeliverySchema),
  retries: v.array(v.object({ dueAt: time, delivery: keptDeliverySchema })),
  /** Held back by a fault that changes the order. */
  heldBack: v.array(v.object({ until: time, delivery: keptDeliverySchema })),
});

export type KeptWebhooks = v.InferOutput<typeof keptWebhooksSchema>;
type KeptDelivery = v.InferOutput<typeof keptDeliverySchema>;

/** All webhooks of one app that were not taken yet. */
export interface AppLoad extends CourierLoad {
  readonly heldBack: readonly HeldBack[];
}

/** What is to be kept of an app's webhooks. */
export function webhooksToKeep(
  { account, app }: CourierOwner,
  { state, queue, retries, heldBack }: AppLoad,
): KeptWebhooks {
  return {
    account,
    app,
    state,
    queue: queue.map(deliveryToKeep),
    retries: retries.map(({ dueAt, delivery }) => ({ dueAt, delivery: deliveryToKeep(delivery) })),
    heldBack: heldBack.map(({ until, delivery }) => ({ until, delivery: deliveryToKeep(delivery) })),
  };
}

/** The webhooks that were kept, on their way again. */
export function keptLoad(account: Account, { app, state, queue, retries, heldBack }: KeptWebhooks): AppLoad {
  const again = ({ body, ...delivery }: KeptDelivery): Delivery => ({
    ...delivery,
    account,
    appKey: app,
    body: Buffer.from(body, 'utf8'),
  });
  return {
    state,
    queue: queue.map(again),
    retries: retries.map(({ dueAt, delivery }) => ({ dueAt, delivery: again(delivery) })),
    heldBack: heldBack.map(({ until, delivery }) => ({ until, delivery: again(delivery) })),
  };
}

function deliveryToKeep(delivery: Delivery): KeptDelivery {
  const { number, conversationId, consumerId, eventType, createdAt, tries, body } = delivery;
  return { number, conversationId, consumerId, eventType, createdAt, tries, body: body.toString('utf8') };
}
