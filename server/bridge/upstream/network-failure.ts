import type { UpstreamRefusal } from '#protocol/problem';

import { BridgeError } from '../errors/bridge-error.ts';
import { requestLine } from './exchange.ts';
import { environmentOf, type UpstreamCall } from './upstream-call.ts';

/** What an answer may be at most. */
export const MAX_ANSWER_MB = 8;

/** Failures that come before the first byte of a request can have left. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|.*CERT.*|.*SIGNATURE.*)$/;

export interface NetworkFailure {
  /** What happened, in words. */
  readonly words: string;
  readonly isTimeout: boolean;
  /** Whether trying again later could help. */
  readonly isPassing: boolean;
  /** Whether it was a connection from before that had ended unnoticed: a new one may work at once. */
  readonly isStaleConnection: boolean;
  /** Whether the request may have reached the service all the same. */
  readonly mayHaveArrived: boolean;
  /** Names the exchange that tells of it. */
  readonly exchangeId?: string;
}

export function toNetworkFailure(error: unknown, isTimeout: boolean, timeoutMs: number): NetworkFailure {
  if (isTimeout) {
    const words = `no answer within ${timeoutMs / 1000} s`;
    return { words, isTimeout, isPassing: true, isStaleConnection: false, mayHaveArrived: true };
  }
  if (isTooLarge(error)) {
    const words = `the answer is larger than ${MAX_ANSWER_MB} MB`;
    return { words, isTimeout, isPassing: false, isStaleConnection: false, mayHaveArrived: true };
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return {
    words: wordsOf(code, error),
    isTimeout: false,
    isPassing: true,
    isStaleConnection: /^(ECONNRESET|EPIPE)$/.test(code) && wasKept(error),
    mayHaveArrived: !NEVER_LEFT.test(code),
  };
}

/** Node tells of each request whether its connection had served another one before. */
function wasKept(error: unknown): boolean {
  const request: unknown = error instanceof Error && 'request' in error ? error.request : null;
  return (
    typeof request === 'object' &&
    request !== null &&
    'reusedSocket' in request &&
    request.reusedSocket === true
  );
}

/** Axios says so in words only. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('maxContentLength');

/** The error for a call without an answer; `answer-lost` when repeating it could do the thing twice. */
export function unanswered(call: UpstreamCall, failure: NetworkFailure, cause: unknown): BridgeError {
  const host = new URL(call.url).host;
  const upstream = refusalOf(call, failure);
  if (!call.isRepeatable && failure.mayHaveArrived) {
    const message = `${host} took the request, but its answer got lost (${failure.words}): it may have been done.`;
    return new BridgeError('answer-lost', message, { cause, upstream });
  }
  const code = failure.isTimeout ? 'upstream-timeout' : 'upstream-unreachable';
  return new BridgeError(code, `${host} cannot be reached: ${failure.words}.`, { cause, upstream });
}

function refusalOf(call: UpstreamCall, { words, exchangeId }: NetworkFailure): UpstreamRefusal {
  const noAnswer = { status: null, code: null, message: words };
  const environment = environmentOf(call);
  const { service, summary } = call;
  const request = requestLine(call);
  return { service, summary, environment, request, ...noAnswer, ...(exchangeId && { exchangeId }) };
}

/** Words for a person, and the exact code for whoever looks it up. */
function wordsOf(code: string, error: unknown): string {
  const words = WORDS[code] ?? FORMS.find(([form]) => form.test(code))?.[1] ?? null;
  return words === null ? code || String(error) : `${words} (${code})`;
}

/** Codes of OpenSSL; of the parser of HTTP and of what inflates. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/CERT|SIGNATURE|TLS/, 'the certificate is not trusted'],
  [/^(HPE|Z|ERR_BROTLI|ERR__ERROR_FORMAT)_/, 'the answer cannot be read'],
];

const WORDS: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  EHOSTUNREACH: 'there is no way to the network',
  ENETUNREACH: 'there is no way to the network',
};
