import { once } from 'node:events';
import { request as startRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

import { TestBrowser } from '../../testing/browser.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWorld, type World } from '../../testing/start-world.ts';
import type { Bridge } from '../bridge.ts';

describe('the address of webhooks', () => {
  let bridge: Bridge;
  beforeEach(async () => (bridge = await startTestBridge()));
  afterEach(() => bridge[Symbol.asyncDispose]());

  it('answers alike in each form of the address', async () => {
    const browser = new TestBrowser(bridge.origin);

    for (const path of ['/notifications/event', '/notifications/event?x=1', '/Notifications/Event/']) {
      const answer = await browser.post(path);

      expect(answer.status).withContext(path).toBe(401);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.problem()).toEqual({
        ...{ code: 'signature-refused', status: 401, title: 'The notification was refused' },
        detail: 'The notification was not accepted.',
        requestId: answer.headers.get('x-request-id') ?? 'none',
      });
    }
  });

  it('is in the log with its request id, like every other', async () => {
    const { log, lines } = recordingLogger();
    await using logged = await startTestBridge({ log });

    const answer = await new TestBrowser(logged.origin).post('/notifications/event?x=1');
    const direct = await new TestBrowser(logged.origin).post('/notifications/event');

    for (const { headers } of [answer, direct]) {
      expect(lines.map((line) => JSON.parse(line) as unknown)).toContain(
        jasmine.objectContaining({
          ...{ msg: 'request answered', method: 'POST', path: '/notifications/event', status: 401 },
          requestId: headers.get('x-request-id'),
        }),
      );
    }
  });

  it('survives a request that breaks off', async () => {
    const socket = connect(Number(new URL(bridge.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /notifications/event HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    socket.end();
    socket.resume();
    await once(socket, 'close');

    expect((await new TestBrowser(bridge.origin).get('/health')).status).toBe(200);
  });

  it('refuses a body that grows too large without saying so before', async () => {
    const answer = await fetch(`${bridge.origin}/notifications/event`, {
      method: 'POST',
      body: new ReadableStream({
        start(stream) {
          stream.enqueue(new Uint8Array(600_000));
          stream.enqueue(new Uint8Array(600_000));
          stream.close();
        },
      }),
      duplex: 'half',
    });

    expect(answer.status).toBe(413);
  });
});

describe('the address of streams', () => {
  /** Straight past the framework, with a query, and through it. */
  const FORMS = ['/api/events', '/api/events?after=1', '/Api/Events/'];
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    world = await startWorld();
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  /** The head of an answer; its body is of no interest. */
  async function get(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
    const request = startRequest(world.bridge.origin + path, { agent: false, headers }).end();
    const told: unknown[] = await once(request, 'response');
    request.on('error', () => undefined).destroy();
    return told[0] as IncomingMessage;
  }

  /** What differs from answer to answer left out. */
  function headersOf({ headers }: IncomingMessage): Record<string, unknown> {
    const policy = headers['content-security-policy'];
    const { date, 'x-request-id': id = '', ...others } = headers;
    expect(date).toBeDefined();
    return {
      ...others,
      'content-security-policy': String(policy).replaceAll(String(id).replaceAll('-', ''), '…'),
    };
  }

  it('opens with the headers of every answer in each form of the address', async () => {
    const page = await get('/api/session', browser.cookieHeader);
    const [first, ...others] = await Promise.all(FORMS.map((path) => get(path, browser.cookieHeader)));

    expect(first?.statusCode).toBe(200);
    expect(first?.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(first?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    for (const name of Object.keys(page.headers).filter((header) => !OF_A_BODY.includes(header))) {
      expect(first?.headers[name]).withContext(name).toBeDefined();
    }
    for (const other of others) expect(headersOf(other)).toEqual(headersOf(first!));
  });

  it('is refused alike in each form of the address without a session', async () => {
    const [first, ...others] = await Promise.all(FORMS.map((path) => get(path, {})));

    expect(first?.statusCode).toBe(401);
    expect(first?.headers['cache-control']).toBe('no-store');
    for (const other of others) {
      expect(other.statusCode).toBe(401);
      expect(headersOf(other)).toEqual(headersOf(first!));
    }
  });

  it('is refused under a foreign name in each form of the address', async () => {
    for (const path of FORMS) {
      const answer = await get(path, { ...browser.cookieHeader, host: 'evil.example' });

      expect(answer.statusCode).withContext(path).toBe(421);
    }
  });
});

const OF_A_BODY = ['content-length', 'keep-alive'];
