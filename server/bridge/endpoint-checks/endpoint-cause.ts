import type { EndpointCause } from '#protocol/endpoint-check';

import type { CheckArrival } from './check-arrivals.ts';
import type { ProbeResult } from './endpoint-probe.ts';

/** What became of one event. */
export interface Outcome {
  readonly probe: ProbeResult;
  /** `null`: it did not come back. */
  readonly arrival: CheckArrival | null;
  /** An endpoint that takes longer may be switched off. @see PROTOCOL.md §8.5 */
  readonly slowMs: number;
}

/** The one cause that explains the outcome. */
export function causeOf(outcome: Outcome): EndpointCause {
  const { probe } = outcome;
  // What must not be called is not called, wherever that turned out.
  if (probe.verdict !== 'allowed') return probe.verdict;
  if (probe.stage === 'done') return answerCause(outcome);
  const isTimeout = probe.isTimeout || probe.code === 'ETIMEDOUT';
  if (isTimeout) return probe.stage === 'answer' ? 'answer-timeout' : 'connect-timeout';
  return probe.stage === 'tls' ? tlsCause(probe) : STAGE_CAUSES[probe.stage];
}

/** What it means when the way ends there. */
const STAGE_CAUSES = {
  rules: 'unreachable',
  lookup: 'unknown-host',
  connect: 'unreachable',
  answer: 'connection-broke',
} as const;

/** Codes of OpenSSL and Node for a chain that is not trusted; all others are `certificate-untrusted`. */
const CERTIFICATE_CAUSES: Readonly<Record<string, EndpointCause>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-self-signed',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
};

function tlsCause({ tls, code, error }: ProbeResult): EndpointCause {
  if (tls?.error) return CERTIFICATE_CAUSES[tls.error] ?? 'certificate-untrusted';
  const isTooOld = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/.test(code ?? '');
  return isTooOld || /protocol version|unsupported protocol/.test(error ?? '') ? 'tls-too-old' : 'tls-failed';
}

function answerCause({ probe, arrival, slowMs }: Outcome): EndpointCause {
  if (arrival !== null && arrival.signature !== 'valid') {
    return arrival.isIntact ? 'signature-refused' : 'body-changed';
  }
  const refusal = statusCause(probe.status ?? 0);
  if (refusal !== null) return refusal;
  if (arrival === null) return 'elsewhere';
  return probe.durationMs > slowMs ? 'slow' : 'working';
}

/** Only two statuses acknowledge. @see PROTOCOL.md §8.5 */
const ACKNOWLEDGED: ReadonlySet<number> = new Set([200, 201]);
/** What servers answer where nobody takes a POST. */
const NOBODY_THERE: ReadonlySet<number> = new Set([404, 405, 410]);

/** What is wrong with the status; `null`: nothing. */
function statusCause(status: number): EndpointCause | null {
  if (ACKNOWLEDGED.has(status)) return null;
  if (NOBODY_THERE.has(status)) return 'wrong-path';
  return status >= 300 && status < 400 ? 'redirected' : 'wrong-status';
}
