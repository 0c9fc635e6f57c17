import { once } from 'node:events';
import { connect } from 'node:net';

import { TestBrowser } from '../../testing/browser.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
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
