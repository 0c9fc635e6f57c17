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
export function postWebhook(
  origin: string,
  { body, appKey, secret, account = 'demo', headers = {} }: WebhookToPost,
): Promise<Response> {
  const bytes = Buffer.from(body);
  const signature = createHmac('sha1', secret).update(bytes).digest('base64');
  return fetch(`${origin}/notifications/event`, {
    method: 'POST',
    body: bytes,
    headers: {
      'content-type': 'application/json',
      [WEBHOOK_HEADERS.account]: account,
      [WEBHOOK_HEADERS.clientId]: appKey,
      [WEBHOOK_HEADERS.signature]: `sha1=${signature}`,
      ...headers,
    },
  });
}
