import type { ExchangeRequest, ExchangeResponse } from '#protocol/bridge-events';

import { MASK, maskBody, maskHeaders, maskSecrets, maskUrl } from '../logging/masking.ts';
import { encodeBody, type UpstreamAnswer, type UpstreamCall } from './upstream-call.ts';

/** Longer bodies are cut for the list of requests; the cloud's real answers are far below. */
const MAX_BODY_CHARACTERS = 100_000;

/** The request as it may be shown. */
export function exchangeRequest(call: UpstreamCall): ExchangeRequest {
  const type = call.body === undefined ? {} : { 'content-type': encodeBody(call.body).type };
  return cleaned(call, {
    method: call.method,
    url: maskUrl(call.url),
    headers: maskHeaders({ ...lowerCase(call.headers ?? {}), ...type }),
    body: call.body === undefined ? null : maskBody('json' in call.body ? call.body.json : call.body.form),
  });
}

/** Method and address in a line, as a failure names the call; a query tells little and may be long. */
export function requestLine(call: UpstreamCall): string {
  const { url } = cleaned(call, { url: maskUrl(call.url) });
  return `${call.method} ${url.split('?', 1).join('')}`;
}

/** The answer as it may be shown. */
export function exchangeResponse(call: UpstreamCall, answer: UpstreamAnswer): ExchangeResponse {
  const cookies = answer.setCookies.length === 0 ? {} : { 'set-cookie': MASK };
  return cleaned(call, {
    status: answer.status,
    headers: { ...maskHeaders(answer.headers), ...cookies },
    body: shortened(maskBody(answer.body === '' ? null : answer.body)),
  });
}

/** Once more by value: whatever form a body has, the secrets of its call are not in it. */
function cleaned<Part extends object>(call: UpstreamCall, part: Part): Part {
  const secrets = call.secrets ?? [];
  if (secrets.length === 0) return part;
  return mapTexts(part, (text) => maskSecrets(text, secrets));
}

function mapTexts<Value>(value: Value, change: (text: string) => string): Value;
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [name, mapTexts(member, change)]),
  );
}

function shortened(body: unknown): unknown {
  const text = JSON.stringify(body);
  if (text.length <= MAX_BODY_CHARACTERS) return body;
  return `${text.slice(0, MAX_BODY_CHARACTERS)}… (${text.length} characters in all)`;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
