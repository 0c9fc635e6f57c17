import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

import axios, { type AxiosInstance } from 'axios';

import type { ExchangeRecorded } from '#protocol/bridge-events';

import { allHeaders } from '../http/all-headers.ts';
import { exchangeRequest, exchangeResponse } from './exchange.ts';
import { MAX_ANSWER_MB, toNetworkFailure, unanswered, type NetworkFailure } from './network-failure.ts';
import { encodeBody, type UpstreamAnswer, type UpstreamCall, type UpstreamContext } from './upstream-call.ts';
import type { UpstreamMeter } from './upstream-meter.ts';
import { throttledSeconds, toRefusal } from './upstream-refusal.ts';

export interface UpstreamHttpOptions {
  readonly timeoutMs?: number;
  /** Waits between two tries. */
  readonly pause?: (ms: number) => Promise<void>;
  readonly userAgent: string;
  readonly meter?: UpstreamMeter;
}

const MAX_ATTEMPTS = 3;
/** Nobody waits for the cloud to slow down for longer. */
const MAX_THROTTLED_SECONDS = 6;

type Outcome =
  | { readonly answer: UpstreamAnswer; readonly failure: null }
  | { readonly answer: null; readonly failure: NetworkFailure; readonly cause: unknown };

/** The only way out: time limit, retries, every exchange told masked, every failure a `BridgeError`. */
export class UpstreamHttp implements Disposable {
  private readonly http: AxiosInstance;
  private readonly agents = [
    new HttpAgent({ keepAlive: true }),
    new HttpsAgent({ keepAlive: true }),
  ] as const;
  private readonly timeoutMs: number;
  private readonly pause: (ms: number) => Promise<void>;
  private readonly meter: UpstreamMeter | undefined;

  constructor({ timeoutMs = 10_000, pause = (ms) => wait(ms), userAgent, meter }: UpstreamHttpOptions) {
    this.timeoutMs = timeoutMs;
    this.meter = meter;
    this.pause = pause;
    this.http = axios.create({
      httpAgent: this.agents[0],
      httpsAgent: this.agents[1],
      // A redirect could lead to a host that nobody allowed.
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_MB * 1024 * 1024,
      responseType: 'text',
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
      headers: { common: { Accept: 'application/json', 'User-Agent': userAgent } },
    });
  }

  /** The answer to the call. @throws BridgeError when none came or it is no 2xx */
  async call(call: UpstreamCall, context: Pick<UpstreamContext, 'record'>): Promise<UpstreamAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(call, context, attempt);
      if (outcome.answer !== null && outcome.answer.status < 300) return outcome.answer;
      const pauseMs = attempt < MAX_ATTEMPTS ? pauseBeforeRetry(call, outcome, attempt) : null;
      if (pauseMs === null) {
        throw outcome.answer === null
          ? unanswered(call, outcome.failure, outcome.cause)
          : toRefusal(call, outcome.answer);
      }
      await this.pause(pauseMs);
    }
  }

  [Symbol.dispose](): void {
    for (const agent of this.agents) agent.destroy();
  }

  private async attempt(
    call: UpstreamCall,
    context: Pick<UpstreamContext, 'record'>,
    attempt: number,
  ): Promise<Outcome> {
    const startedAt = Date.now();
    const clock = performance.now();
    const outcome = await this.send(call);
    const exchange: ExchangeRecorded = {
      kind: 'exchange',
      exchangeId: randomUUID(),
      service: call.service,
      summary: call.summary,
      attempt,
      startedAt,
      durationMs: Math.round((performance.now() - clock) * 10) / 10,
      request: exchangeRequest(call),
      response: outcome.answer === null ? null : exchangeResponse(call, outcome.answer),
      failure: outcome.failure?.words ?? null,
    };
    context.record(exchange);
    this.meter?.called(call.service, outcome.answer?.status ?? null, exchange.durationMs / 1000);
    return toldBy(exchange, outcome);
  }

  private async send(call: UpstreamCall): Promise<Outcome> {
    const body = call.body === undefined ? null : encodeBody(call.body);
    const timeLimit = AbortSignal.timeout(this.timeoutMs);
    try {
      const response = await this.http.request<string>({
        method: call.method,
        url: call.url,
        headers: { ...call.headers, ...(body && { 'Content-Type': body.type }) },
        ...(body && { data: body.text }),
        // What is on this machine is never asked for through a proxy.
        ...(call.url.startsWith('http:') && { proxy: false as const }),
        signal: timeLimit,
      });
      return { answer: toAnswer(response), failure: null };
    } catch (cause) {
      return { answer: null, failure: toNetworkFailure(cause, timeLimit.aborted, this.timeoutMs), cause };
    }
  }
}

/** The outcome with the name of the exchange that tells more of it. */
function toldBy({ exchangeId }: ExchangeRecorded, outcome: Outcome): Outcome {
  return outcome.answer === null
    ? { ...outcome, failure: { ...outcome.failure, exchangeId } }
    : { ...outcome, answer: { ...outcome.answer, exchangeId } };
}

/**
 * How long to wait before trying again; `null`: do not. A 429 was not acted upon, so anything may be repeated after it;
 * what got no answer or a 5xx is repeated only when twice does no harm.
 *
 * The vendor's 5, 10 and 15 s after a 5xx are for programs that nobody waits for. Here somebody does: they see each try in
 * the list of requests, and are asked after the second pause whether to go on. @see PROTOCOL.md §13
 */
function pauseBeforeRetry(call: UpstreamCall, outcome: Outcome, attempt: number): number | null {
  if (outcome.answer?.status === 429) {
    const seconds = throttledSeconds(call, outcome.answer) * attempt;
    return seconds > MAX_THROTTLED_SECONDS ? null : seconds * 1000;
  }
  if (!call.isRepeatable) return null;
  const isPassing = outcome.answer === null ? outcome.failure.isPassing : outcome.answer.status >= 500;
  return isPassing ? 200 * 2 ** attempt : null;
}

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
  try {
    return JSON.parse(data) as unknown;
  } catch {
    // Not everything that answers speaks JSON: a gateway's page stays text.
    return data;
  }
}
