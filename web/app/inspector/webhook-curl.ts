import { headerOptions, singleQuoted } from './curl';

/** A webhook as it can be posted again. */
export interface PostedWebhook {
  /** Where this server takes webhooks. */
  readonly url: string;
  /** As received. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Lower-case, as the bridge keeps names. @see PROTOCOL.md §8.1 */
const SIGNATURE = 'x-liveperson-signature';

/**
 * The webhook as commands for a shell: the body, its signature by the app's secret, which is a variable, and the post.
 * The signature is made in the form of the one that came.
 */
export function webhookToCurl({ url, headers, body }: PostedWebhook): string {
  const { [SIGNATURE]: signature = '', ...others } = headers;
  const post = [
    `printf %s "$body" | curl -X POST ${singleQuoted(url)}`,
    ...headerOptions(others),
    `-H "${SIGNATURE}: $signature"`,
    // By a pipe: as an argument a large body would be too long for the system.
    '--data-binary @-',
  ];
  return [`body=${singleQuoted(body)}`, `signature=${signing(signature)}`, post.join(' \\\n  ')].join('\n');
}

function signing(signature: string): string {
  const algorithm = signature.startsWith('sha256=') ? 'sha256' : 'sha1';
  const isHex = /=(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(signature);
  const written = isHex ? "od -An -v -tx1 | tr -d ' \\n'" : 'openssl base64 -A';
  return `${algorithm}=$(printf %s "$body" | openssl dgst -${algorithm} -hmac "$APP_SECRET" -binary | ${written})`;
}
