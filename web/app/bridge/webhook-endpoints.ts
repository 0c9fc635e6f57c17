import { WEBHOOK_EVENT_TYPES, type WebhooksCapability } from '#protocol/app-installation';

/** Where the webhooks of one kind go, seen from this server. */
export type EndpointPlace = 'here' | 'elsewhere' | 'none';

/** Path under which the bridge takes webhooks. */
export const WEBHOOK_PATH = '/notifications/event';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether the address can only be reached from this machine. */
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

/** The absolute URL in `text`, or `null`. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text.trim()) ? new URL(text.trim()) : null;
}

/** Where `endpoint` points, given the URLs under which this server is known. */
export function placeOf(endpoint: string | undefined, here: readonly string[]): EndpointPlace {
  if (endpoint === undefined || endpoint.trim() === '') return 'none';
  const wanted = canonical(endpoint);
  return here.some((url) => canonical(url) === wanted) ? 'here' : 'elsewhere';
}

/** How many of the five endpoints point here, elsewhere and nowhere. */
export function countPlaces(
  webhooks: WebhooksCapability | null | undefined,
  here: readonly string[],
): Readonly<Record<EndpointPlace, number>> {
  const count = { here: 0, elsewhere: 0, none: 0 };
  for (const type of WEBHOOK_EVENT_TYPES) count[placeOf(webhooks?.[type]?.endpoint, here)]++;
  return count;
}

/** Whether any notification has an address to go to. */
export const hasEndpoint = (webhooks: WebhooksCapability | null | undefined): boolean =>
  countPlaces(webhooks, []).none < WEBHOOK_EVENT_TYPES.length;

/** The names of this machine are one place, and a slash at the end makes no difference. */
function canonical(text: string): string {
  const url = parseUrl(text);
  if (url === null) return text.trim();
  const host = isLoopback(url) ? `localhost:${url.port}` : url.host;
  return `${url.protocol}//${host}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}
