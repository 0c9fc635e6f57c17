/** Stands where a secret was. */
export const MASK = '•••';

/** Members whose values are never written down, wherever they stand in a body, compared without case, `_` and `-`. */
const SECRET_MEMBERS = new Set([
  'accesstoken',
  'accesstokensecret',
  'appkeysecret',
  'assertion',
  'authorization',
  'bearer',
  'clientsecret',
  'cookie',
  'csrf',
  'idtoken',
  'jwt',
  'password',
  'proxyauthorization',
  'refreshtoken',
  'secret',
  'sessionsecret',
  'setcookie',
  'tempurlsig',
  'token',
  'wsuk',
  'xlponbehalf',
]);

/** Members of webhook settings that people use for passwords of their own. @see PROTOCOL.md §4.2.1 */
const PRIVATE_MEMBERS = new Set([...SECRET_MEMBERS, 'headervalue']);

/** Headers of a webhook that are shown as received; any other may carry a secret of its sender. */
const OPEN_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'date',
  'host',
  'traceparent',
  'user-agent',
  'x-liveperson-account-id',
  'x-liveperson-client-id',
  'x-liveperson-signature',
  'x-request-id',
]);

const SECRET_HEADERS = /^(authorization|proxy-authorization|cookie|set-cookie|x-lp-on-behalf)$/i;
/** Deeper than anything the cloud sends; what lies below is masked as a whole. */
const MAX_DEPTH = 40;

const normalized = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** A copy of a JSON value without the values of secret members. */
export function maskBody(value: unknown, depth = 0): unknown {
  if (typeof value === 'string' && depth === 0) return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return MASK;
  if (Array.isArray(value)) return value.map((item) => maskBody(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      isSecretValue(name, member) ? MASK : maskBody(member, depth + 1),
    ]),
  );
}

/** A member with a text, in JSON that may end anywhere; its name and its value are the second and the third part. */
const JSON_MEMBER = /("([^"\\]{1,40})"\s*:\s*")([^"\\]*(?:\\.[^"\\]*)*)/gs;
/** The same in a form. */
const FORM_MEMBER = /((?:^|[?&])([\w-]{1,40})=)([^&\s"]+)/g;

/** Text that could have been JSON or a form, and broke off or was not looked into, without the values of secret members. */
export function maskText(text: string): string {
  const masked = (whole: string, start: string, name: string, value: string): string =>
    isSecretValue(name, value) ? start + MASK : whole;
  return text.replaceAll(JSON_MEMBER, masked).replaceAll(FORM_MEMBER, masked);
}

function isSecretValue(name: string, member: unknown): boolean {
  return PRIVATE_MEMBERS.has(normalized(name)) && member !== null && member !== '';
}

/** A copy of an URL whose secret query parameters are masked. */
export function maskUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const masked = new URL(url);
  if (masked.password !== '') masked.password = MASK;
  for (const name of new Set(masked.searchParams.keys())) {
    if (SECRET_MEMBERS.has(normalized(name))) masked.searchParams.set(name, MASK);
  }
  return decodeMask(masked.href);
}

/** Headers of a call of ours, secrets masked; the scheme of a bearer token stays readable. */
export function maskHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined && value !== null && value !== false)
      .map(([name, value]) => [name, SECRET_HEADERS.test(name) ? maskCredentials(value) : headerText(value)]),
  );
}

/** Headers of a webhook as received; those not known to be harmless are masked. */
export function maskWebhookHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  // A loop and no chain of lists: this is done for every webhook.
  const masked: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined) continue;
    const text = isOpenHeader(name) ? headerText(value) : MASK;
    // Assigned, this one name would mean the object's prototype.
    if (name === '__proto__') Object.defineProperty(masked, name, { value: text, enumerable: true });
    else masked[name] = text;
  }
  return masked;
}

/** Node gives names in lower case. */
const isOpenHeader = (name: string): boolean =>
  OPEN_HEADERS.has(name) || OPEN_HEADERS.has(name.toLowerCase());

/** The text without any of the secrets, also where they stand percent-encoded. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

function maskCredentials(value: unknown): string {
  return /^(Bearer|Basic) /i.test(headerText(value))
    ? `${headerText(value).split(' ', 1).join('')} ${MASK}`
    : MASK;
}

function headerText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

function decodeMask(url: string): string {
  return url.replaceAll(encodeURIComponent(MASK), MASK);
}
