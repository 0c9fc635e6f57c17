import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { ExchangeRecorded } from '#protocol/bridge-events';

import { startInterposer, type Interference, type Interposer } from '../../testing/interposer.ts';
import { MASK } from '../logging/masking.ts';
import type { Patience, UpstreamCall } from './upstream-call.ts';
import { UpstreamHttp } from './upstream-http.ts';

describe('a call to the cloud', () => {
  let cloud: Interposer;
  let http: UpstreamHttp;
  let exchanges: ExchangeRecorded[];
  let pauses: number[];
  let random: number;
  beforeEach(async () => {
    cloud = await startInterposer(() => 'http://127.0.0.1:1');
    exchanges = [];
    pauses = [];
    random = 0;
    http = new UpstreamHttp(options);
  });
  afterEach(async () => {
    http[Symbol.dispose]();
    await cloud[Symbol.asyncDispose]();
  });

  const pause = (ms: number): Promise<void> => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const options = { userAgent: 'spec', pause, random: () => random };
  /** From now on, so long: for services that are silent, as the others need what the machine gives them. */
  const waitFor = (timeoutMs: number): void => {
    http[Symbol.dispose]();
    http = new UpstreamHttp({ ...options, timeoutMs });
  };
  const make = (overrides: Partial<UpstreamCall> = {}, patience?: Patience) =>
    http.call(
      {
        service: 'idp',
        summary: 'spec',
        method: 'GET',
        url: `${cloud.origin}/x?v=1`,
        isRepeatable: true,
        ...overrides,
      },
      { record: (exchange) => void exchanges.push(exchange), ...(patience && { patience }) },
    );
  const failure = async (call: Promise<unknown>): Promise<Record<string, unknown>> => {
    try {
      await call;
    } catch (error) {
      return error as Record<string, unknown>;
    }
    throw new Error('the call did not fail');
  };
  const answers = (...steps: readonly Interference[]): void => {
    let step = 0;
    cloud.interfere(() => {
      const next = steps[Math.min(step, steps.length - 1)] ?? { kind: 'pass' };
      step += 1;
      return next;
    });
  };
  const ok: Interference = { kind: 'answer', status: 200, body: { fine: true } };

  it('gives the parsed answer and is recorded', async () => {
    answers(ok);

    const answer = await make({ method: 'POST', body: { json: { a: 'é' } }, headers: { 'X-Y': 'z' } });

    expect(answer.body).toEqual({ fine: true });
    expect(cloud.seen[0]).toEqual(
      jasmine.objectContaining({ method: 'POST', url: '/x?v=1', body: '{"a":"é"}' }),
    );
    expect(cloud.seen[0]?.headers['user-agent']).toBe('spec');
    expect(exchanges).toEqual([
      {
        kind: 'exchange',
        exchangeId: jasmine.any(String) as unknown as string,
        service: 'idp',
        summary: 'spec',
        attempt: 1,
        startedAt: jasmine.any(Number) as unknown as number,
        durationMs: jasmine.any(Number) as unknown as number,
        request: {
          method: 'POST',
          url: `${cloud.origin}/x?v=1`,
          headers: { 'x-y': 'z', 'content-type': 'application/json' },
          body: { a: 'é' },
        },
        response: { status: 200, headers: jasmine.anything() as never, body: { fine: true } },
        failure: null,
      },
    ]);
  });

  it('leaves its connection to the next one, but not until the service ends it', async () => {
    const service = createServer((_request, response) => response.end('{}'));
    service.keepAliveTimeout = 2_000;
    const ended = new Promise<string>((resolve) =>
      service.on('connection', (socket) => {
        socket.on('end', () => resolve('by the bridge')).on('close', () => resolve('by the service'));
      }),
    );
    await once(service.listen(0, '127.0.0.1'), 'listening');
    const { port } = service.address() as AddressInfo;

    await make({ url: `http://127.0.0.1:${port}/` });

    expect(await ended).toBe('by the bridge');
    service.close();
  });

  const boom: Interference = {
    kind: 'answer',
    status: 500,
    body: { error: { message: 'boom', internalCode: 7, responseStatus: 'INTERNAL' } },
  };

  it('that somebody waits for fails at once, and tells when it may be tried again', async () => {
    answers(boom);

    const error = await failure(make());

    expect([error['code'], error['retryAfterSeconds']]).toEqual(['upstream-failed', 5]);
    expect(error['upstream']).toEqual({
      ...{ service: 'idp', summary: 'spec', status: 500, code: 'INTERNAL', message: 'boom' },
      ...{ environment: 'emulator', request: `GET ${cloud.origin}/x` },
      exchangeId: exchanges.at(-1)?.exchangeId,
    });
    expect(exchanges.length).toBe(1);
    expect(pauses).toEqual([]);
  });

  it('in the background is repeated after failures that pass, as late as the vendor recommends', async () => {
    waitFor(2_000);
    answers({ kind: 'answer', status: 503 }, { kind: 'silence' }, { kind: 'cut-before' }, ok);

    expect((await make({}, 'background')).status).toBe(200);

    expect(
      exchanges.map(({ attempt, response, failure: words }) => [attempt, response?.status ?? null, words]),
    ).toEqual([
      [1, 503, null],
      [2, null, 'no answer within 2 s'],
      [3, null, 'the connection broke (ECONNRESET)'],
      [4, 200, null],
    ]);
    expect(pauses).toEqual([5_000, 10_000, 15_000]);
  });

  it('in the background comes back up to a fifth later, so that not all come back at once', async () => {
    random = 0.5;
    answers(boom);

    const error = await failure(make({}, 'background'));

    expect(error['code']).toBe('upstream-failed');
    expect(exchanges.length).toBe(4);
    expect(pauses).toEqual([5_500, 11_000, 16_500]);
  });

  it('in the background is not repeated either when that could do something twice', async () => {
    answers(boom);

    const error = await failure(make({ method: 'POST', isRepeatable: false }, 'background'));

    expect([error['code'], error['retryAfterSeconds']]).toEqual(['upstream-failed', undefined]);
    expect(exchanges.length).toBe(1);
  });

  for (const end of ['the bridge stops', 'its way out is closed'] as const) {
    it(`in the background is given up when ${end}`, async () => {
      const shutdown = new AbortController();
      const stopping = new UpstreamHttp({ userAgent: 'spec', shutdown: shutdown.signal });
      const call = { service: 'idp', summary: 'spec', method: 'GET', isRepeatable: true } as const;
      const { promise: isTried, resolve } = Promise.withResolvers<ExchangeRecorded>();
      answers(boom);

      const failed = failure(
        stopping.call({ ...call, url: cloud.origin }, { record: resolve, patience: 'background' }),
      );
      await isTried;
      if (end === 'the bridge stops') shutdown.abort();
      else stopping[Symbol.dispose]();

      expect((await failed)['code']).toBe('upstream-failed');
      stopping[Symbol.dispose]();
    });
  }

  it('whose kept connection had ended unnoticed is made anew at once, and once', async () => {
    answers(ok, { kind: 'cut-before' }, ok, { kind: 'cut-before' }, { kind: 'cut-before' });
    await make();

    expect((await make()).status).toBe(200);
    expect((await failure(make()))['code']).toBe('upstream-unreachable');

    expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 1, 2]);
    expect(pauses).toEqual([]);
  });

  it('whose kept connections had all ended unnoticed is made anew over one of its own', async () => {
    await using far = await startEndingServer();

    await Promise.all([make({ url: far.origin }), make({ url: far.origin })]);

    expect((await make({ url: far.origin })).status).toBe(200);
    expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 2]);
  });

  it('goes over the connection of the one before', async () => {
    answers(ok);

    await make();
    await make({ method: 'POST', isRepeatable: false });

    expect(cloud.seen.length).toBe(2);
    expect(cloud.connections).toBe(1);
  });

  it('that the cloud refuses is not repeated', async () => {
    answers({ kind: 'answer', status: 400 });

    expect((await failure(make()))['code']).toBe('upstream-rejected');
    expect(cloud.seen.length).toBe(1);
  });

  it('is given up, in words, when its answer is larger than any of the cloud', async () => {
    answers({ kind: 'answer', status: 200, body: 'x'.repeat(9 * 1024 * 1024) });

    const error = await failure(make());

    expect(error['code']).toBe('upstream-unreachable');
    expect(exchanges.map(({ failure: words }) => words)).toEqual(['the answer is larger than 8 MB']);
  });

  it('that could do something twice is never repeated, and its lost answer is called lost', async () => {
    answers({ kind: 'cut-before' });
    expect((await failure(make({ method: 'POST', isRepeatable: false })))['code']).toBe('answer-lost');
    answers({ kind: 'answer', status: 502 });
    expect((await failure(make({ method: 'POST', isRepeatable: false })))['code']).toBe('upstream-failed');
    waitFor(300);
    answers({ kind: 'silence' });
    expect((await failure(make({ method: 'POST', isRepeatable: false })))['code']).toBe('answer-lost');

    expect(exchanges.length).toBe(3);
  });

  it('that never left is unreachable, whatever it is', async () => {
    const error = await failure(make({ url: 'http://127.0.0.1:1/x', isRepeatable: false }));

    expect(error['code']).toBe('upstream-unreachable');
    expect(exchanges[0]?.failure).toBe('connection refused (ECONNREFUSED)');
  });

  it('without an answer in time is given up', async () => {
    waitFor(300);
    answers({ kind: 'silence' });

    const error = await failure(make());

    expect(error['code']).toBe('upstream-timeout');
    expect(exchanges.map(({ failure: words }) => words)).toEqual(['no answer within 0.3 s']);
  });

  it('is repeated after 429 as asked, also one that must not be done twice', async () => {
    answers(
      { kind: 'answer', status: 429 },
      { kind: 'answer', status: 429, headers: { 'retry-after': '2' } },
      ok,
    );

    expect((await make({ method: 'POST', isRepeatable: false })).status).toBe(200);
    expect(pauses).toEqual([1000, 4000]);
  });

  it('is held up by 429 for six seconds at most, all waits together', async () => {
    answers({ kind: 'answer', status: 429, headers: { 'retry-after': '3' } });

    const error = await failure(make());

    expect(pauses).toEqual([3000]);
    expect([error['code'], error['retryAfterSeconds']]).toEqual(['upstream-throttled', 3]);
  });

  it('waits after 429 as long as the vendor recommends for it, and tells for how long when it gives up', async () => {
    answers({ kind: 'answer', status: 429 });

    const error = await failure(make({ throttledSeconds: 5 }));

    expect(pauses).toEqual([5_000]);
    expect([error['code'], error['retryAfterSeconds']]).toEqual(['upstream-throttled', 5]);
  });

  it('is not held up for long by 429', async () => {
    answers({ kind: 'answer', status: 429, headers: { 'retry-after': '30' } });

    const error = await failure(make());

    expect([error['code'], error['retryAfterSeconds']]).toEqual(['upstream-throttled', 30]);
    expect(pauses).toEqual([]);
  });

  it('follows no redirect', async () => {
    answers({ kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } });

    expect((await failure(make()))['code']).toBe('upstream-rejected');
    expect(cloud.seen.length).toBe(1);
  });

  it('means what the caller says a status means', async () => {
    answers({ kind: 'answer', status: 404 });

    expect((await failure(make({ refusals: { 404: 'unknown-app' } })))['code']).toBe('unknown-app');
    expect((await failure(make()))['code']).toBe('upstream-rejected');
  });

  it('is recorded without its secrets, by name and by value', async () => {
    const body = { access_token: 'name-masked', echo: 'you sent canary-value' };
    answers({ kind: 'answer', status: 200, body, headers: { 'set-cookie': 'Session_id=canary-cookie' } });

    await make({
      method: 'POST',
      url: `${cloud.origin}/x?client_secret=canary-query&who=canary-value`,
      headers: { Authorization: 'Bearer canary-bearer', Cookie: 'canary-cookie' },
      body: { form: { client_id: 'app', client_secret: 'canary-form' } },
      secrets: ['canary-value'],
    });

    const text = JSON.stringify(exchanges);
    expect(text).not.toContain('canary');
    expect(text).not.toContain('name-masked');
    expect(text).toContain(MASK);
    expect(text).toContain('"client_id":"app"');
  });

  it('is recorded with members and headers whose name means more than a name', async () => {
    const odd: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":2}');
    const headers = Object.fromEntries([['__proto__', 'kept']]);
    answers({ kind: 'answer', status: 200, body: odd, headers });

    const answer = await make({ method: 'POST', body: { json: odd }, headers, secrets: ['some-secret'] });

    const [exchange] = exchanges;
    expect(JSON.stringify(answer.body)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(JSON.stringify(exchange?.response?.body)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(JSON.stringify(exchange?.response?.headers)).toContain('"__proto__":"kept"');
    expect(JSON.stringify(exchange?.request.body)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(JSON.stringify(exchange?.request.headers)).toContain('"__proto__":"kept"');
    expect(cloud.seen[0]?.body).toBe('{"__proto__":{"a":1},"constructor":2}');
  });

  it('keeps a page that is no JSON as text, and cuts what is huge for the record only', async () => {
    answers({ kind: 'answer', status: 200, body: 'x'.repeat(300_000) });

    const answer = await make();

    expect(String(answer.body).length).toBe(300_000);
    expect(String(exchanges[0]?.response?.body)).toContain('300002 characters in all');
    expect(JSON.stringify(exchanges).length).toBeLessThan(110_000);
  });
});

/** Answers once over a connection, the first two at the same time, and resets it at its second request. */
async function startEndingServer(): Promise<AsyncDisposable & { readonly origin: string }> {
  const used = new Set<Socket>();
  const held: ServerResponse[] = [];
  const server = createServer(({ socket }, response) => {
    if (used.has(socket)) return void socket.resetAndDestroy();
    used.add(socket);
    held.push(response);
    if (used.size > 1) for (const each of held.splice(0)) each.end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close().closeAllConnections();
      await closed;
    },
  };
}
