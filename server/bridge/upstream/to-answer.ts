import { IncomingMessage } from 'node:http';

import { allHeaders } from '../http/all-headers.ts';
import { isTooComplex } from '../http/json-complexity.ts';
import type { UpstreamAnswer } from './upstream-call.ts';

/** The longest history is far below. */
const JSON_LIMITS = { maxDepth: 200, maxMembers: 500_000 };

/** An answer as it came, its body parsed where it is JSON. */
export function toAnswer(response: {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
  /** Node's own, which knows the headers as they came. */
  readonly request?: unknown;
}): UpstreamAnswer {
  const { 'set-cookie': cookies, ...others } = headersOf(response);
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
  const setCookies = cookies === undefined ? [] : [cookies].flat().map(String);
  return { status: response.status, headers, body: parseJson(response.data), setCookies };
}

/** By lower-case names. */
function headersOf({ headers, request }: Pick<Parameters<typeof toAnswer>[0], 'headers' | 'request'>) {
  const hasOwn = typeof request === 'object' && request !== null && 'res' in request;
  const own = hasOwn && request.res instanceof IncomingMessage ? allHeaders(request.res) : headers;
  return Object.fromEntries(
    Object.entries(own).map(([name, value]: [string, unknown]) => [name.toLowerCase(), value]),
  );
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string' || data === '') return '';
  // Whoever builds or writes what nests without end runs out of stack, or of time.
  if (isTooComplex(Buffer.from(data), JSON_LIMITS)) return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    // Not everything that answers speaks JSON: a gateway's page stays text.
    return data;
  }
}
