import { createHmac } from 'node:crypto';

import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

export interface WebhookToPost {
  readonly body: string | Uint8Array;
  readonly appKey: string;
  readonly secret: string;
  readonly account?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a webhook to the bridge as LivePerson does, signed over exactly these bytes. */
export function postWebhook(origin: string, webhook: WebhookToPost): Promise<Response> {
  return fetch(`${origin}/notifications/event`, {
    method: 'POST',
    body: Buffer.from(webhook.body),
    headers: webhookHeaders(webhook),
  });
}

export function webhookHeaders({
  body,
  appKey,
  secret,
  account = 'demo',
  headers = {},
}: WebhookToPost): Record<string, string> {
  const signature = createHmac('sha1', secret).update(Buffer.from(body)).digest('base64');
  return {
    'content-type': 'application/json',
    [WEBHOOK_HEADERS.account]: account,
    [WEBHOOK_HEADERS.clientId]: appKey,
    [WEBHOOK_HEADERS.signature]: `sha1=${signature}`,
    ...headers,
  };
}
