import type { WebhookEventType } from '#protocol/app-installation';
import type { AppInstallation } from '#protocol/app-installation';
import {
  CONVERSATION_NOTIFICATION,
  MESSAGING_NOTIFICATION,
  WEBHOOK_HEADERS,
} from '#protocol/webhook-notification';
import type { AccountId, AppKey, ConversationId } from '#protocol/identifiers';

import type { SampleStyle, SignatureStyle } from '../cloud-settings.ts';
import type { Notification } from '../state/conversation-notifications.ts';
import { webhookSignature } from './webhook-signature.ts';

/** One POST to one endpoint, complete and signed. */
export interface WebhookMessage {
  readonly account: AccountId;
  readonly appKey: AppKey;
  readonly conversationId: ConversationId;
  readonly eventType: WebhookEventType;
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What is to be told, whoever gets it. */
export type WebhookContent = Pick<WebhookMessage, 'account' | 'conversationId' | 'eventType' | 'body'>;

/** Headers that only the sender can know; an app's own of these names are not sent. */
const SENDERS_OWN = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
]);

/** The bytes of a notification: compact JSON, one change. @see PROTOCOL.md §8.3, §8.9 */
export function webhookBody({ eventType, change }: Notification, style: SampleStyle = 'new'): Buffer {
  const isConversation = eventType === CONVERSATION_NOTIFICATION;
  const type = isConversation ? CONVERSATION_NOTIFICATION : MESSAGING_NOTIFICATION;
  const told = style === 'old' ? withoutNewMembers(change) : change;
  return Buffer.from(JSON.stringify({ kind: 'notification', body: { changes: [told] }, type }), 'utf8');
}

const NEW_DETAILS = new Set(['skillId', 'dialogs', 'stage']);
const NEW_MEMBERS = new Set(['conversationId', 'messageAudience']);

/** The change as the oldest samples show it. @see PROTOCOL.md §8.4 */
function withoutNewMembers(change: Notification['change']): object {
  if (!('result' in change)) return without(change, NEW_MEMBERS);
  const { convId, conversationDetails } = change.result;
  return {
    ...change,
    result: { convId, conversationDetails: without(conversationDetails, NEW_DETAILS) },
  };
}

const without = (value: object, names: ReadonlySet<string>): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));

/**
 * The POST that carries these bytes to an app; `null` when it is switched off or has no endpoint for such events.
 *
 * @see PROTOCOL.md §8.1
 */
export function webhookMessage(
  app: AppInstallation,
  { account, conversationId, eventType, body }: WebhookContent,
  signature: SignatureStyle,
): WebhookMessage | null {
  const webhook = app.capabilities?.webhooks?.[eventType];
  if (!app.enabled || !webhook || app.client_secret === null) return null;
  const own = (webhook.headers ?? []).filter(
    ({ header_name }) => !SENDERS_OWN.has(header_name.toLowerCase()),
  );
  return {
    account,
    appKey: app.client_id,
    conversationId,
    eventType,
    endpoint: webhook.endpoint,
    headers: {
      ...Object.fromEntries(
        own.map(({ header_name, header_value }) => [header_name.toLowerCase(), header_value]),
      ),
      'content-type': 'application/json',
      'x-liveperson-account-id': account,
      'x-liveperson-client-id': app.client_id,
      [WEBHOOK_HEADERS.signature]: webhookSignature(app.client_secret, body, signature),
    },
    body,
  };
}
