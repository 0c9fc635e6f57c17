import type { ExchangeRequest } from '#protocol/bridge-events';

/** What the bridge writes where a secret was. */
const MASK = '•••';

/** Names of the shell variables, by header or member in lower case without `_` and `-`. */
const VARIABLES: Readonly<Record<string, string>> = {
  authorization: 'APP_TOKEN',
  xlponbehalf: 'CONSUMER_TOKEN',
  clientsecret: 'APP_SECRET',
  password: 'PASSWORD',
  cookie: 'COOKIE',
  tempurlsig: 'FILE_SIGNATURE',
};

/** Left out: curl writes them itself. */
const OWN_HEADERS = new Set(['content-length', 'transfer-encoding', 'host', 'connection', 'accept-encoding']);

/**
 * The call as a command for a shell. Each secret is a variable with a name that says what belongs there; everything
 * else is quoted, so that nothing of the text is run.
 */
export function toCurl({ method, url, headers, body }: ExchangeRequest): string {
  const line = `curl -X ${method} ${quoted(withVariables(url, lastName(url)))}`;
  return [line, ...headerOptions(headers), ...dataOf(body, headers)].join(' \\\n  ');
}

/** The options for these headers, but for those that curl writes itself. */
export const headerOptions = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers)
    .filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
    .map(([name, value]) => `-H ${quoted(`${name}: ${withVariables(value, bearerName(name, value))}`)}`);

/** Stands around a variable's name until the text is quoted; no JSON and no URL contains it. */
const MARK = '\u0000';

const normalized = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const variableFor = (name: string): string =>
  VARIABLES[normalized(name)] ?? name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();

const withVariables = (text: string, name: string): string =>
  text.replaceAll(MASK, `${MARK}${variableFor(name)}${MARK}`);

/** An agent's session and an app's token both travel in `Authorization`; the scheme tells them apart. */
const bearerName = (name: string, value: string): string =>
  normalized(name) === 'authorization' && /^bearer /i.test(value) ? 'bearer' : name;

const lastName = (url: string): string => /([\w.-]+)=[^&]*•••/.exec(url)?.[1] ?? 'secret';

/** Whether this is what the bridge writes in the place of a file that it passed on. */
export const isFileNote = (body: unknown): body is string => typeof body === 'string' && FILE.test(body);

const FILE = /^\d+ bytes of .+, not kept$/;

/** The options that carry the body; none without one. */
function dataOf(body: unknown, headers: Readonly<Record<string, string>>): readonly string[] {
  if (body === undefined || body === null || body === '') return [];
  if (typeof body === 'string') {
    return isFileNote(body)
      ? ['--data-binary "@$FILE"']
      : [`--data-raw ${quoted(withVariables(body, lastName(body)))}`];
  }
  const open = unmasked(body, 'secret');
  const isForm = Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.includes('form-urlencoded'),
  );
  return isForm ? formOf(open) : [`--data-raw ${quoted(JSON.stringify(open).replaceAll('\\u0000', MARK))}`];
}

/** Encoded by curl, so that a secret may hold anything. */
const formOf = (body: unknown): readonly string[] =>
  Object.entries(Object(body) as Record<string, unknown>).map(
    ([name, value]) => `--data-urlencode ${quoted(`${name}=${String(value)}`)}`,
  );

function unmasked(value: unknown, name: string): unknown {
  if (typeof value === 'string') return withVariables(value, name);
  if (Array.isArray(value)) return value.map((item) => unmasked(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]: [string, unknown]) => [member, unmasked(inner, member)]),
  );
}

/** Single quotes keep a shell from reading anything; a variable stands between them in double ones. */
const quoted = (text: string): string =>
  text
    .split(MARK)
    .map((part, at) => (at % 2 === 1 ? `"$${part}"` : singleQuoted(part)))
    .filter((part) => part !== "''")
    .join('');

/** The text as one word of a shell, which reads nothing in it. */
export const singleQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
