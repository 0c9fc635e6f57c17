import { lookup as systemLookup } from 'node:dns/promises';
import { request as startRequest, validateHeaderValue, type IncomingMessage } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';

import type { TlsFacts } from '#protocol/endpoint-check';

import { bare, type AddressRules, type AddressVerdict } from './address-rules.ts';
import { tlsFactsOf } from './tls-facts.ts';

/** Addresses of a host name. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

export interface ProbeLimits {
  /** To look the name up, connect and agree on TLS. @see PROTOCOL.md §8.5 */
  readonly connectMs: number;
  /** To answer. @see PROTOCOL.md §8.5 */
  readonly readMs: number;
}

export interface ProbeDeps {
  readonly rules: AddressRules;
  readonly limits: ProbeLimits;
  /** Certificates, PEM, that are trusted besides those that every program trusts. */
  readonly authorities?: readonly string[];
  readonly lookup?: Lookup;
}

export interface ProbeRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Where the way ended. */
export type ProbeStage = 'rules' | 'lookup' | 'connect' | 'tls' | 'answer' | 'done';

export interface ProbeResult {
  readonly stage: ProbeStage;
  readonly verdict: AddressVerdict;
  readonly addresses: readonly string[];
  readonly tls: TlsFacts | null;
  readonly status: number | null;
  readonly isTimeout: boolean;
  /** Code of the failure, e.g. `ECONNREFUSED`; `null`: there was none, or it has no code. */
  readonly code: string | null;
  readonly error: string | null;
  readonly durationMs: number;
}

type Progress = { -readonly [Member in keyof Omit<ProbeResult, 'durationMs'>]: ProbeResult[Member] };

/** Of an answer nobody reads more than this; its status says it all. */
const MOST_ANSWER_BYTES = 64 * 1024;

/**
 * Posts once, step by step, and tells how far it came. Never rejects.
 *
 * What the name leads to is judged before anything connects, and exactly those addresses are connected to. Nothing is
 * sent to a server whose certificate does not hold: the endpoint's headers may carry secrets. No redirect is followed.
 */
export async function probe(request: ProbeRequest, deps: ProbeDeps): Promise<ProbeResult> {
  const startedAt = performance.now();
  const progress: Progress = {
    ...{ stage: 'rules', verdict: deps.rules.ofUrl(request.url), addresses: [], tls: null, status: null },
    ...{ isTimeout: false, code: null, error: null },
  };
  if (progress.verdict === 'allowed') {
    const open: Socket[] = [];
    try {
      await walk(request, { deps, progress, open });
    } catch (error) {
      progress.isTimeout = error instanceof TooSlow;
      progress.code = codeOf(error);
      // That time ran out is no word of the network's: the cause says it.
      progress.error = error instanceof TooSlow ? null : messageOf(error);
    } finally {
      for (const socket of open) socket.destroy();
    }
  }
  return { ...progress, durationMs: Math.round((performance.now() - startedAt) * 10) / 10 };
}

interface Walk {
  readonly deps: ProbeDeps;
  readonly progress: Progress;
  /** Sockets to destroy at the end, however it ends. */
  readonly open: Socket[];
}

async function walk(request: ProbeRequest, { deps, progress, open }: Walk): Promise<void> {
  const { limits, rules, lookup = lookUp } = deps;
  const connectBy = performance.now() + limits.connectMs;
  const within = <Value>(step: Promise<Value>): Promise<Value> =>
    limited(step, connectBy - performance.now());

  progress.stage = 'lookup';
  progress.addresses = await within(lookup(bare(request.url.hostname)));
  const port = portOf(request.url);
  const verdicts = progress.addresses.map((address) => rules.ofAddress(address, port));
  progress.verdict = verdicts.find((verdict) => verdict !== 'allowed') ?? 'allowed';
  if (progress.verdict !== 'allowed') return;

  progress.stage = 'connect';
  const plain = connectTo(progress.addresses, port);
  keep(plain, open);
  await within(happens(plain, 'connect'));

  let socket = plain;
  if (request.url.protocol === 'https:') {
    progress.stage = 'tls';
    const secure = startTls(plain, request.url, deps);
    keep(secure, open);
    await within(happens(secure, 'secureConnect'));
    progress.tls = tlsFactsOf(secure);
    if (progress.tls.error !== null) return;
    socket = secure;
  }
  progress.stage = 'answer';
  const answer = post(request, socket, (status) => (progress.status = status));
  await limited(answer, limits.readMs);
  progress.stage = 'done';
}

/** Notes the socket for the end. A failure that comes after anybody waits for it must not end the process. */
function keep(socket: Socket, open: Socket[]): void {
  socket.on('error', () => undefined);
  open.unshift(socket);
}

async function lookUp(hostname: string): Promise<readonly string[]> {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address }) => address);
}

/** Connects to one of exactly these addresses; the name is not looked up again. */
function connectTo(addresses: readonly string[], port: number): Socket {
  const [first = ''] = addresses;
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return connect({
    host: addresses.length === 1 ? first : 'the.addresses.that.were.judged',
    port,
    autoSelectFamily: true,
    lookup: (_host, options, done) =>
      options.all === true ? done(null, found) : done(null, first, isIP(first)),
  });
}

/** Trust is judged by whoever looks at the connection, so that there is more to tell than a code. */
function startTls(socket: Socket, { hostname }: URL, { authorities = [] }: ProbeDeps): TLSSocket {
  const host = bare(hostname);
  return connectTls({
    socket,
    host,
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    ...(authorities.length > 0 && { ca: [...getCACertificates('default'), ...authorities] }),
  });
}

function happens(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
  });
}

/** Sends the request and reads the answer to its end, or to as much of it as anybody wants. */
function post(
  { url, headers, body }: ProbeRequest,
  socket: Socket,
  tell: (status: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = startRequest({
      method: 'POST',
      path: url.pathname + url.search,
      headers: { ...headers, host: url.host, 'content-length': body.byteLength, connection: 'close' },
      createConnection: () => socket,
    });
    request.on('error', reject);
    request.once('upgrade', ({ statusCode }: IncomingMessage) => {
      tell(statusCode ?? 0);
      resolve();
    });
    request.once('response', (response: IncomingMessage) => {
      let left = MOST_ANSWER_BYTES;
      response.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) response.destroy();
      });
      response.on('error', reject);
      response.once('close', () => {
        if (!response.complete && left >= 0) reject(new Error('the answer broke off'));
        tell(response.statusCode ?? 0);
        resolve();
      });
    });
    request.end(body);
  });
}

class TooSlow extends Error {}

/** The step's outcome, unless it takes too long: then nobody waits for it any more. */
async function limited<Value>(step: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), Math.max(0, ms));
  });
  try {
    return await Promise.race([step, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** The port that the URL means. */
export const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  // OpenSSL's own message begins with a thread and ends with a line of its source.
  return 'reason' in error && 'code' in error
    ? `${String(error.code)}: ${String(error.reason)}`
    : error.message;
}

/** Whether HTTP can carry these headers at all. */
export function areSendable(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return false;
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    // The platform tells by throwing; why does not matter here.
    return false;
  }
}
