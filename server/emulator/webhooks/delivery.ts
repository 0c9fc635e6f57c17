import type { WebhookEventType } from '#protocol/app-installation';
import type { DeliveryFailure } from '#protocol/emulator-controls';
import type { AppKey, ConsumerId, ConversationId } from '#protocol/identifiers';

import type { Account } from '../state/account-state.ts';

/** One notification on its way to one app. Where it goes is looked up at each try: an app may have changed since. */
export interface Delivery {
  /** Grows with every delivery of this emulator. */
  readonly number: number;
  readonly account: Account;
  readonly appKey: AppKey;
  readonly conversationId: ConversationId;
  readonly consumerId: ConsumerId;
  readonly eventType: WebhookEventType;
  /** The bytes that are sent and signed at each try. */
  readonly body: Buffer;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** How often it was tried. */
  readonly tries: number;
}

/** What came of one try, or why there was none. */
export type DeliveryOutcome =
  /** The endpoint took it. */
  | 'delivered'
  /** It did not, and that was the last try. */
  | 'lost'
  /** It did not; there will be another try. */
  | 'failed'
  /** Older than the app's retention time. */
  | 'expired'
  /** The app is gone, switched off or wants no such events any more. */
  | 'unwanted';

/** One try of a delivery, as it is told to people. */
export interface DeliveryReport {
  /** Names it, and nothing else, also when the emulator has begun anew. */
  readonly id: string;
  /** Grows with every try, from 1 when the emulator begins. */
  readonly number: number;
  readonly at: number;
  readonly delivery: number;
  readonly account: string;
  readonly app: string;
  readonly conversation: string;
  readonly eventType: string;
  /** `null`: there was none to call. */
  readonly endpoint: string | null;
  /** How many tries the cloud itself has made so far; 0: none, and this was none. */
  readonly attempt: number;
  /** Which redelivery of the webhook that somebody asked for, 1 for the first; `null`: it was the cloud's own try. */
  readonly redelivery: number | null;
  readonly outcome: DeliveryOutcome;
  /** The endpoint's status; `null`: it gave none. */
  readonly status: number | null;
  /** Why the endpoint gave no status, or why it was not asked. */
  readonly failure: string | null;
  /** The same as one of a few words. */
  readonly reason: DeliveryFailure | null;
  readonly durationMs: number;
  /** When it is tried again at the earliest; `null`: never. */
  readonly nextAt: number | null;
}

/** A report with what can be done about it. */
export interface ToldReport extends DeliveryReport {
  /** Whether the webhook's body is still there, so that it can be redelivered. */
  readonly isKept: boolean;
}
