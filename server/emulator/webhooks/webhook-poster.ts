import * as http from 'node:http';
import * as https from 'node:https';
import { getCACertificates } from 'node:tls';

import type { DeliveryFailure } from '#protocol/emulator-controls';

import { pause } from '../clock.ts';
import type { Clock, Scheduled } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import { GivenUp, postFailure } from './post-failure.ts';
import type { PostFailure } from './post-failure.ts';
import type { WebhookMessage } from './webhook-message.ts';

/** The endpoint's status, or why there was none. */
export type PostOutcome = { readonly status: number } | PostFailure;

/** How a body goes out: at once, slowly, or only half of it before the connection is reset. */
export type PostManner =
  | { readonly how: 'whole' }
  | { readonly how: 'in-pieces'; readonly ms: number }
  | { readonly how: 'broken-off' };

const WHOLE: PostManner = { how: 'whole' };
const PIECES = 10;
const CLOSED: PostFailure = { failure: 'the connection was closed', reason: 'broken-off' };
const BROKEN_OFF: PostFailure = { failure: 'the answer broke off', reason: 'broken-off' };

export interface WebhookPosterDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  /** Authority, PEM, that is trusted besides those that every program trusts; `null`: none. */
  readonly authority: string | null;
}

const AGENT_OPTIONS = { keepAlive: true, maxSockets: 128, maxFreeSockets: 16 };

/** Posts webhooks: no redirects followed, the answer's body ignored, both time limits kept. @see PROTOCOL.md §8.5 */
export class WebhookPoster {
  private readonly plainAgent = new http.Agent(AGENT_OPTIONS);
  private readonly tlsAgent: https.Agent;
  private readonly deps: WebhookPosterDeps;

  constructor(deps: WebhookPosterDeps) {
    this.deps = deps;
    const { authority } = deps;
    const trusted = authority !== null && { ca: [...getCACertificates('default'), authority] };
    this.tlsAgent = new https.Agent({ ...AGENT_OPTIONS, ...trusted });
  }

  /** Never rejects. An abort of `signal` ends the try as a failure. */
  post(message: WebhookMessage, signal: AbortSignal, manner: PostManner = WHOLE): Promise<PostOutcome> {
    const posting = this.tryPosting(message, signal, manner);
    // What waits for the clock itself must not be waited for by it.
    return manner.how === 'in-pieces' ? posting : this.deps.clock.track(posting);
  }

  close(): void {
    this.plainAgent.destroy();
    this.tlsAgent.destroy();
  }

  private async tryPosting(
    message: WebhookMessage,
    signal: AbortSignal,
    manner: PostManner,
  ): Promise<PostOutcome> {
    try {
      const first = await this.postOnce(message, signal, manner);
      if (first !== 'connection-was-stale') return first;
      // An endpoint may close an idle connection in the very moment we use it: that is no answer, nor its fault.
      const second = await this.postOnce(message, signal, manner);
      return second === 'connection-was-stale' ? CLOSED : second;
    } catch (error) {
      return postFailure(error);
    }
  }

  private postOnce(
    message: WebhookMessage,
    signal: AbortSignal,
    manner: PostManner,
  ): Promise<PostOutcome | 'connection-was-stale'> {
    return new Promise((resolve) => {
      const request = this.request(message, signal);
      const stopTimers = this.limitTime(request);
      const settle = (outcome: PostOutcome | 'connection-was-stale'): void => {
        stopTimers();
        resolve(outcome);
      };
      request.once('response', (response) => {
        response.once('end', () => settle({ status: response.statusCode ?? 0 }));
        response.on('error', (error) => settle(postFailure(error)));
        response.once('close', () => settle(BROKEN_OFF));
        response.resume();
      });
      request.on('error', (error) => {
        const isStale = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
        settle(isStale ? 'connection-was-stale' : postFailure(error));
      });
      void this.write(request, message.body, { manner, signal });
    });
  }

  private async write(
    request: http.ClientRequest,
    body: Buffer,
    { manner, signal }: { readonly manner: PostManner; readonly signal: AbortSignal },
  ): Promise<void> {
    if (manner.how === 'whole') {
      request.end(body);
      return;
    }
    const size = Math.max(1, Math.ceil(body.byteLength / PIECES));
    const sent = manner.how === 'broken-off' ? Math.ceil(body.byteLength / 2) : body.byteLength;
    for (let from = 0; from < sent && !request.destroyed; from += size) {
      request.write(body.subarray(from, Math.min(from + size, sent)));
      if (manner.how === 'in-pieces') await pause(this.deps.clock, manner.ms / PIECES, signal);
    }
    if (manner.how === 'in-pieces') {
      void this.deps.clock.track(closed(request));
      request.end();
    } else {
      breakOff(request);
    }
  }

  private request({ endpoint, headers, body }: WebhookMessage, signal: AbortSignal): http.ClientRequest {
    const url = new URL(endpoint);
    const isTls = url.protocol === 'https:';
    const options: http.RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.byteLength },
      agent: isTls ? this.tlsAgent : this.plainAgent,
      signal,
    };
    return isTls ? https.request(url, options) : http.request(url, options);
  }

  /** Allows one span to connect and another to answer. @see PROTOCOL.md §8.5 */
  private limitTime(request: http.ClientRequest): () => void {
    const { clock, settings } = this.deps;
    const giveUp = (reason: DeliveryFailure, words: string): void => {
      void clock.track(closed(request));
      request.destroy(new GivenUp(reason, words));
    };
    let timer: Scheduled | null = null;
    const waitForAnswer = (): void => {
      timer?.cancel();
      timer = clock.schedule(settings.webhookReadTimeoutMs, () =>
        giveUp('no-answer', 'answering took too long'),
      );
    };
    // Requests beyond the most sockets wait for theirs; only then does their time begin.
    request.once('socket', (socket) => {
      if (!socket.connecting) {
        waitForAnswer();
        return;
      }
      timer = clock.schedule(settings.webhookConnectTimeoutMs, () =>
        giveUp('no-connection', 'connecting took too long'),
      );
      socket.once('connect', waitForAnswer);
    });
    return () => timer?.cancel();
  }
}

/** Ends the connection in the middle of a request, once what was written is on its way. */
function breakOff(request: http.ClientRequest): void {
  const end = (): void => void request.destroy(new Error('the connection was reset by a fault'));
  request.write(Buffer.alloc(0), end);
}

const closed = (request: http.ClientRequest): Promise<void> =>
  new Promise((resolve) => request.once('close', () => resolve()));
