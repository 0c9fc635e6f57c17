import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

import axios, { type AxiosInstance } from 'axios';

import type { ExchangeRecorded } from '#protocol/bridge-events';

import { exchangeRequest, exchangeResponse } from './exchange.ts';
import { KEPT_CONNECTIONS } from './kept-connections.ts';
import { toNetworkFailure, unanswered, type NetworkFailure } from './network-failure.ts';
import type { BegunCall, UpstreamAnswer, UpstreamCall, UpstreamContext } from './upstream-call.ts';
import { toAnswer } from './to-answer.ts';
import type { UpstreamMeter } from './upstream-meter.ts';
import { toRefusal } from './upstream-refusal.ts';

/** Bytes on their way to or from the cloud. They are never held whole, never kept and never recorded. */
export interface Transfer extends Omit<UpstreamCall, 'body' | 'isRepeatable' | 'headers'> {
  readonly method: 'GET' | 'PUT';
  /** What is put; `null` for a GET. */
  readonly upload: Upload | null;
  /** Ends the transfer when nobody wants it any more. */
  readonly signal: AbortSignal;
}

export interface Upload {
  readonly bytes: Readable;
  readonly type: string;
  readonly sizeBytes: number;
}

/** What came, unread. Whoever gets it reads or destroys it. */
export interface TransferAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Readable;
}

/** Long enough for 3 MB over a slow line. */
const TRANSFER_TIMEOUT_MS = 60_000;
/** Words of a refusal are short; more is not read. */
const MAX_REFUSAL_BYTES = 16 * 1024;

/** Moves files: the second way out beside `UpstreamHttp`, under the same rules. */
export class UpstreamTransfer implements Disposable {
  private readonly http: AxiosInstance;
  private readonly agents = [new HttpAgent(KEPT_CONNECTIONS), new HttpsAgent(KEPT_CONNECTIONS)] as const;
  private readonly timeoutMs: number;
  private readonly meter: UpstreamMeter | undefined;

  constructor({
    userAgent,
    timeoutMs = TRANSFER_TIMEOUT_MS,
    meter,
  }: {
    readonly userAgent: string;
    readonly timeoutMs?: number;
    readonly meter?: UpstreamMeter;
  }) {
    this.timeoutMs = timeoutMs;
    this.meter = meter;
    this.http = axios.create({
      httpAgent: this.agents[0],
      httpsAgent: this.agents[1],
      // A redirect could lead to a host that nobody allowed.
      maxRedirects: 0,
      responseType: 'stream',
      decompress: false,
      transformRequest: [(data: unknown) => data],
      validateStatus: () => true,
      headers: { common: { Accept: '*/*', 'User-Agent': userAgent } },
    });
  }

  /** The answer to the transfer. @throws BridgeError when none came or it is no 2xx */
  async run(transfer: Transfer, context: Pick<UpstreamContext, 'record' | 'begin'>): Promise<TransferAnswer> {
    const timeLimit = AbortSignal.timeout(this.timeoutMs);
    const begun = begunOf(transfer);
    const { exchangeId } = begun;
    const clock = performance.now();
    const end = context.begin?.(begun);
    const tell = (answer: UpstreamAnswer | null, failure: NetworkFailure | null): void => {
      end?.();
      const durationMs = Math.round((performance.now() - clock) * 10) / 10;
      context.record(exchangeOf(transfer, begun, { durationMs, answer, failure }));
      this.meter?.called(transfer.service, answer?.status ?? null, durationMs / 1000);
    };
    try {
      const { answer, bytes } = await this.send(transfer, AbortSignal.any([timeLimit, transfer.signal]));
      tell(answer, null);
      if (answer.status >= 300) throw toRefusal(asCall(transfer), { ...answer, exchangeId });
      return { headers: answer.headers, bytes };
    } catch (cause) {
      if (!axios.isAxiosError(cause) && !axios.isCancel(cause)) throw cause;
      const failure = toNetworkFailure(cause, timeLimit.aborted, this.timeoutMs);
      const told = transfer.signal.aborted ? { ...failure, words: 'cancelled by the browser' } : failure;
      tell(null, told);
      throw unanswered(asCall(transfer), { ...told, exchangeId }, cause);
    }
  }

  [Symbol.dispose](): void {
    for (const agent of this.agents) agent.destroy();
  }

  private async send(
    { method, url, upload }: Transfer,
    signal: AbortSignal,
  ): Promise<{ readonly answer: UpstreamAnswer; readonly bytes: Readable }> {
    const response = await this.http.request<Readable>({
      method,
      url,
      ...(upload !== null && { headers: headersOf(upload), data: upload.bytes }),
      // What is on this machine is never asked for through a proxy.
      ...(url.startsWith('http:') && { proxy: false as const }),
      signal,
    });
    const words = response.status >= 300 ? await refusalWords(response.data) : '';
    return { answer: toAnswer({ ...response, data: words }), bytes: response.data };
  }
}

const headersOf = ({ type, sizeBytes }: Upload): Record<string, string> => ({
  'Content-Type': type,
  'Content-Length': String(sizeBytes),
});

/** A file may be put or fetched again without harm. */
const asCall = (transfer: Transfer): UpstreamCall => {
  const { service, summary, method, url, secrets = [], refusals = {}, upload } = transfer;
  const headers = upload === null ? {} : { headers: headersOf(upload) };
  return { service, summary, method, url, secrets, refusals, ...headers, isRepeatable: true };
};

async function refusalWords(bytes: Readable): Promise<string> {
  let left = MAX_REFUSAL_BYTES;
  bytes.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) bytes.destroy();
  });
  try {
    return await text(bytes);
  } catch {
    // The status says enough.
    return '';
  }
}

function begunOf(transfer: Transfer): BegunCall {
  const { service, summary, upload } = transfer;
  const sent = upload === null ? null : `${upload.sizeBytes} bytes of ${upload.type}, not kept`;
  return {
    ...{ exchangeId: randomUUID(), service, summary, attempt: 1, startedAt: Date.now() },
    request: { ...exchangeRequest(asCall(transfer)), body: sent },
  };
}

interface TransferEnd {
  readonly durationMs: number;
  readonly answer: UpstreamAnswer | null;
  readonly failure: NetworkFailure | null;
}

function exchangeOf(
  transfer: Transfer,
  begun: BegunCall,
  { durationMs, answer, failure }: TransferEnd,
): ExchangeRecorded {
  const response =
    answer === null ? null : { ...exchangeResponse(asCall(transfer), answer), ...receivedBody(answer) };
  return { kind: 'exchange', ...begun, durationMs, response, failure: failure?.words ?? null };
}

/** Words of a refusal are shown, files are not. */
function receivedBody({ status, headers }: UpstreamAnswer): { readonly body?: string } {
  const size = headers['content-length'];
  if (status >= 300 || size === undefined || size === '0') return {};
  return { body: `${size} bytes of ${headers['content-type'] ?? 'an unnamed type'}, not kept` };
}
