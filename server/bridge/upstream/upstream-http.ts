import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

import axios, { type AxiosInstance } from 'axios';

import type { ExchangeRecorded } from '#protocol/bridge-events';

import type { BridgeError } from '../errors/bridge-error.ts';
import { exchangeRequest, exchangeResponse } from './exchange.ts';
import { KEPT_CONNECTIONS } from './kept-connections.ts';
import { MAX_ANSWER_MB, toNetworkFailure, unanswered } from './network-failure.ts';
import { pauseBeforeRetry, type Outcome } from './retry-pace.ts';
import { toAnswer } from './to-answer.ts';
import {
  encodeBody,
  type BegunCall,
  type UpstreamAnswer,
  type UpstreamCall,
  type UpstreamContext,
} from './upstream-call.ts';
import type { UpstreamMeter } from './upstream-meter.ts';
import { toRefusal } from './upstream-refusal.ts';

export interface UpstreamHttpOptions {
  readonly timeoutMs?: number;
  /** Waits between two tries; rejects when the signal aborts. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1: spreads the waits. */
  readonly random?: () => number;
  /** From then on nothing is waited out. */
  readonly shutdown?: AbortSignal;
  readonly userAgent: string;
  readonly meter?: UpstreamMeter;
}

const waitFor = (ms: number, signal: AbortSignal): Promise<void> => wait(ms, undefined, { signal });

type CallContext = Pick<UpstreamContext, 'record' | 'begin' | 'patience'>;

/** The only way out: time limit, retries, every exchange told masked, every failure a `BridgeError`. */
export class UpstreamHttp implements Disposable {
  private readonly http: AxiosInstance;
  private readonly agents = [new HttpAgent(KEPT_CONNECTIONS), new HttpsAgent(KEPT_CONNECTIONS)] as const;
  private readonly timeoutMs: number;
  private readonly options: UpstreamHttpOptions;
  private readonly ended = new AbortController();

  constructor(options: UpstreamHttpOptions) {
    const { timeoutMs = 10_000, userAgent } = options;
    this.timeoutMs = timeoutMs;
    this.options = options;
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
  async call(call: UpstreamCall, context: CallContext): Promise<UpstreamAnswer> {
    const { patience = 'interactive' } = context;
    let throttledMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.attempt(call, context, attempt);
      if (outcome.answer !== null && outcome.answer.status < 300) return outcome.answer;
      const pauseMs = pauseBeforeRetry(
        call,
        { outcome, attempt, patience, throttledMs },
        this.options.random ?? Math.random,
      );
      if (pauseMs === null || !(await this.isWaitedOut(pauseMs))) {
        throw toError(call, outcome);
      }
      if (outcome.answer?.status === 429) throttledMs += pauseMs;
    }
  }

  [Symbol.dispose](): void {
    this.ended.abort();
    for (const agent of this.agents) agent.destroy();
  }

  /** Not so when the bridge stops meanwhile. */
  private async isWaitedOut(pauseMs: number): Promise<boolean> {
    const { pause = waitFor, shutdown } = this.options;
    const signal =
      shutdown === undefined ? this.ended.signal : AbortSignal.any([this.ended.signal, shutdown]);
    try {
      if (pauseMs > 0) await pause(pauseMs, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return !signal.aborted;
  }

  private async attempt(call: UpstreamCall, context: CallContext, attempt: number): Promise<Outcome> {
    const { service, summary, triedBefore = 0 } = call;
    const begun: BegunCall = {
      ...{ exchangeId: randomUUID(), service, summary, attempt: triedBefore + attempt },
      ...{ startedAt: Date.now(), request: exchangeRequest(call) },
    };
    const clock = performance.now();
    const outcome = await toldWhile(begun, context, () => this.send(call));
    if (outcome.failure?.isStaleConnection === true) this.dropKept();
    const exchange: ExchangeRecorded = {
      ...{ kind: 'exchange', ...begun },
      durationMs: Math.round((performance.now() - clock) * 10) / 10,
      response: outcome.answer === null ? null : exchangeResponse(call, outcome.answer),
      failure: outcome.failure?.words ?? null,
    };
    context.record(exchange);
    this.options.meter?.called(service, outcome.answer?.status ?? null, exchange.durationMs / 1000);
    return toldBy(exchange, outcome);
  }

  /** Where one connection ended unnoticed, those kept beside it may have, too: the next try makes its own. */
  private dropKept(): void {
    for (const { freeSockets } of this.agents) {
      for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
    }
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

const toError = (call: UpstreamCall, outcome: Outcome): BridgeError =>
  outcome.answer === null
    ? unanswered(call, outcome.failure, outcome.cause)
    : toRefusal(call, outcome.answer);

/** Who is told of calls that leave knows of this one until the work is done. */
async function toldWhile<Result>(
  begun: BegunCall,
  { begin }: CallContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = begin?.(begun);
  try {
    return await work();
  } finally {
    end?.();
  }
}

/** The outcome with the name of the exchange that tells more of it. */
function toldBy({ exchangeId }: ExchangeRecorded, outcome: Outcome): Outcome {
  return outcome.answer === null
    ? { ...outcome, failure: { ...outcome.failure, exchangeId } }
    : { ...outcome, answer: { ...outcome.answer, exchangeId } };
}
