import { BridgeError } from '../errors/bridge-error.ts';
import type { UpstreamCall } from './upstream-call.ts';

/** Failures that come before the first byte of a request can have left. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|.*CERT.*|.*SIGNATURE.*)$/;

export interface NetworkFailure {
  /** What happened, in words. */
  readonly words: string;
  readonly isTimeout: boolean;
  /** Whether the request may have reached the service all the same. */
  readonly mayHaveArrived: boolean;
}

export function toNetworkFailure(error: unknown, isTimeout: boolean, timeoutMs: number): NetworkFailure {
  if (isTimeout) return { words: `no answer within ${timeoutMs / 1000} s`, isTimeout, mayHaveArrived: true };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { words: wordsOf(code, error), isTimeout: false, mayHaveArrived: !NEVER_LEFT.test(code) };
}

/** The error for a call without an answer; `answer-lost` when repeating it could do the thing twice. */
export function unanswered(call: UpstreamCall, failure: NetworkFailure, cause: unknown): BridgeError {
  const host = new URL(call.url).host;
  const upstream = { service: call.service, status: null, code: null, message: failure.words };
  if (!call.isRepeatable && failure.mayHaveArrived) {
    const message = `${host} took the request, but its answer got lost (${failure.words}): it may have been done.`;
    return new BridgeError('answer-lost', message, { cause, upstream });
  }
  const code = failure.isTimeout ? 'upstream-timeout' : 'upstream-unreachable';
  return new BridgeError(code, `${host} cannot be reached: ${failure.words}.`, { cause, upstream });
}

function wordsOf(code: string, error: unknown): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ENOTFOUND':
      return 'the host name is not known';
    case 'EAI_AGAIN':
      return 'the host name cannot be looked up now';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection broke';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to the network';
    default:
      return /CERT|SIGNATURE|TLS/.test(code)
        ? `the certificate is not trusted (${code})`
        : code || String(error);
  }
}
