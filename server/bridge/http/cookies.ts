import type { IncomingMessage } from 'node:http';

/** The session's id in the browser. */
export const SESSION_COOKIE = 'bridge_session';

/** The value of a cookie of the request; `null` when it sent none. */
export function cookieOf(request: IncomingMessage, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((candidate) => candidate.startsWith(`${name}=`));
  return pair === undefined ? null : pair.slice(name.length + 1);
}
