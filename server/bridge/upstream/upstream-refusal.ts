import type { ProblemCode, UpstreamRefusal } from '#protocol/problem';

import { BridgeError } from '../errors/bridge-error.ts';
import { maskText } from '../logging/masking.ts';
import { requestLine } from './exchange.ts';
import { environmentOf, type UpstreamAnswer, type UpstreamCall } from './upstream-call.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Nobody is told to wait for longer: they may try earlier than the cloud asks. */
const MOST_RETRY_AFTER_SECONDS = 60;

/** How long the cloud wants to be left alone after a 429. @see PROTOCOL.md §13 */
export function throttledSeconds(call: UpstreamCall, { headers }: UpstreamAnswer): number {
  const asked = Number(headers['retry-after']);
  return asked >= 1 ? asked : (call.throttledSeconds ?? 1);
}

/** What the vendor asks of whoever met a 5xx. @see PROTOCOL.md §13 */
const FAILED_RETRY_AFTER_SECONDS = 5;

/** The error that an answer other than 2xx means. */
export function toRefusal(call: UpstreamCall, answer: UpstreamAnswer): BridgeError {
  const upstream = readRefusal(call, answer);
  const words = [upstream.message, upstream.code && `(${upstream.code})`].filter(Boolean).join(' ');
  const message = `The service ${call.service} answered ${answer.status}${words && `: ${words}`}.`;
  const retryAfterSeconds = retryAfterOf(call, answer);
  return new BridgeError(codeOf(call, answer.status), message, {
    upstream,
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
}

function retryAfterOf(call: UpstreamCall, answer: UpstreamAnswer): number | null {
  if (answer.status === 429) return Math.min(throttledSeconds(call, answer), MOST_RETRY_AFTER_SECONDS);
  return answer.status >= 500 && call.isRepeatable ? FAILED_RETRY_AFTER_SECONDS : null;
}

function codeOf(call: UpstreamCall, status: number): ProblemCode {
  const known = call.refusals?.[status];
  if (known !== undefined) return known;
  if (status === 429) return 'upstream-throttled';
  return status >= 500 ? 'upstream-failed' : 'upstream-rejected';
}

/**
 * The vendor's own code and words, from whichever of its error forms the body has.
 * @see PROTOCOL.md §2.1 (`error` envelope), §5.1 (OAuth), §6.6 (families A and B)
 */
export function readRefusal(
  call: UpstreamCall,
  { status, body, exchangeId }: UpstreamAnswer,
): UpstreamRefusal {
  const refused: unknown = Array.isArray(body) ? body.find((item) => fieldsOf(item)['code'] !== 'OK') : body;
  const { code, message } = readForm(fieldsOf(refused));
  const told = { status, code, message: message ?? shortText(body) };
  return {
    service: call.service,
    summary: call.summary,
    environment: environmentOf(call),
    request: requestLine(call),
    ...told,
    ...(exchangeId && { exchangeId }),
  };
}

function readForm(body: Fields): { readonly code: string | null; readonly message: string | null } {
  const envelope = fieldsOf(body['error']);
  if ('message' in envelope) {
    return {
      code: textOf(envelope['responseStatus'] ?? envelope['internalCode']),
      message: textOf(envelope['message']),
    };
  }
  if (typeof body['error'] === 'string') {
    return { code: body['error'], message: textOf(body['error_description']) };
  }
  const inner = fieldsOf(body['body']);
  if ('errorCode' in inner) {
    return { code: textOf(inner['errorCode']), message: textOf(inner['details'] ?? inner['title']) };
  }
  return { code: textOf(body['code']), message: textOf(inner['msg'] ?? body['message']) };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : null;
}

function shortText(body: unknown): string | null {
  return typeof body === 'string' && body.trim() !== '' && !body.includes('<')
    ? maskText(body).trim().slice(0, 200)
    : null;
}
