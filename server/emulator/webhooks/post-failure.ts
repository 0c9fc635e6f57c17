import type { DeliveryFailure } from '#protocol/emulator-controls';

/** Why an endpoint gave no status. */
export interface PostFailure {
  /** In the words of the network. */
  readonly failure: string;
  readonly reason: DeliveryFailure;
}

/** An end that we put to a request ourselves, which is told apart from what the network did. */
export class GivenUp extends Error {
  readonly reason: DeliveryFailure;

  constructor(reason: DeliveryFailure, words: string) {
    super(words);
    this.reason = reason;
  }
}

/** What is told of an error. A name with several addresses fails with one error for each, and no words of its own. */
export function postFailure(error: unknown): PostFailure {
  if (error instanceof GivenUp) return { failure: error.message, reason: error.reason };
  if (!(error instanceof Error)) return { failure: 'the request could not be made', reason: 'broken-off' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { failure: error.message || code, reason: reasonOf(code) };
}

function reasonOf(code: string): DeliveryFailure {
  if (/^(ERR_SSL_|EPROTO$)/.test(code)) return 'no-tls';
  return REASONS[code] ?? (CERTIFICATE_CODES.test(code) ? 'certificate' : 'broken-off');
}

/** Names of OpenSSL, and Node’s own for one that was made for another host. */
const CERTIFICATE_CODES = /CERT|UNABLE_TO_|CRL_/;

const REASONS: Readonly<Record<string, DeliveryFailure>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'not-found',
  EAI_AGAIN: 'not-found',
  ETIMEDOUT: 'no-connection',
  EHOSTUNREACH: 'no-connection',
  ENETUNREACH: 'no-connection',
};
