import { createHmac } from 'node:crypto';

import type { SignatureStyle } from '../cloud-settings.ts';

/**
 * Value of `X-Liveperson-Signature` for exactly these bytes.
 *
 * @param secret `client_secret` of the app, taken as it is: it is not decoded.
 * @see PROTOCOL.md §8.2
 */
export function webhookSignature(
  secret: string,
  body: Buffer,
  { algorithm, encoding }: SignatureStyle,
): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest(encoding)}`;
}
