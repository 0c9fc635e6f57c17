import { createHmac, randomBytes } from 'node:crypto';

import type { AppInstallation, WebhookEventType } from '#protocol/app-installation';
import type { AccountId } from '#protocol/identifiers';
import { WEBHOOK_HEADERS } from '#protocol/webhook-notification';

import type { SignatureForm } from '../webhooks/signature-forms.ts';

/** Type of the event that a check sends. No cloud sends it, and no list shows it. */
export const CHECK_TYPE = 'bridge.EndpointCheck';
/** Names the check a second time, so that it is known even when something on the way changes the body. */
export const CHECK_HEADER = 'x-bridge-check';

/** One event of a check, complete and signed. */
export interface CheckEvent {
  readonly nonce: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CheckSender {
  readonly account: AccountId;
  readonly app: AppInstallation;
  readonly secret: string;
  /** How the cloud signs, as the bridge is set up. */
  readonly form: SignatureForm;
}

/** Headers that only the sender can know; an app's own of these names are not sent. */
const SENDERS_OWN = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'content-type',
  CHECK_HEADER,
  ...Object.values(WEBHOOK_HEADERS),
]);

/** An event in the form of a notification, with the endpoint's own headers, signed as LivePerson does. @see PROTOCOL.md §8.1, §8.2 */
export function checkEvent(type: WebhookEventType, { account, app, secret, form }: CheckSender): CheckEvent {
  const nonce = randomBytes(16).toString('hex');
  const changes = [{ nonce, eventType: type }];
  const body = Buffer.from(
    JSON.stringify({ kind: 'notification', body: { changes }, type: CHECK_TYPE }),
    'utf8',
  );
  return {
    nonce,
    body,
    headers: {
      ...configuredHeaders(app, type),
      'content-type': 'application/json',
      [WEBHOOK_HEADERS.account]: account,
      [WEBHOOK_HEADERS.clientId]: app.client_id,
      [WEBHOOK_HEADERS.signature]: signatureOf(body, secret, form),
      [CHECK_HEADER]: nonce,
    },
  };
}

function signatureOf(body: Buffer, secret: string, form: SignatureForm): string {
  const [algorithm, encoding] = FORMS[form];
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest(encoding)}`;
}

const FORMS = {
  'sha1-base64': ['sha1', 'base64'],
  'sha1-hex': ['sha1', 'hex'],
  'sha256-base64': ['sha256', 'base64'],
  'sha256-hex': ['sha256', 'hex'],
} as const satisfies Record<SignatureForm, unknown>;

function configuredHeaders(app: AppInstallation, type: WebhookEventType): Record<string, string> {
  const headers = app.capabilities?.webhooks?.[type]?.headers ?? [];
  return Object.fromEntries(
    headers
      .map(({ header_name, header_value }) => [header_name.toLowerCase(), header_value] as const)
      .filter(([name]) => !SENDERS_OWN.has(name)),
  );
}
