import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';

import type { Bridge } from '../bridge.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startHttpServer } from './http-server.ts';
import { leaveUnread } from './unread-body.ts';

const JSON_TYPE = 'Content-Type: application/json\r\n';
const ENDLESS = 'Transfer-Encoding: chunked\r\n';
/** The first part of a body that has no end. */
const CHUNK = '5\r\n{"a":\r\n';

/** A connection that goes on sending until the other side has had enough. */
class Caller implements Disposable {
  received = '';
  private readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1').setEncoding('utf8');
    this.socket.on('data', (text: string) => (this.received += text)).on('error', () => undefined);
  }

  send(text: string): void {
    this.socket.write(text);
  }

  async untilAnswered(count: number): Promise<void> {
    while ((this.received.match(/HTTP\/1.1 \d+/g) ?? []).length < count) await once(this.socket, 'data');
  }

  async untilClosed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

describe('a body that nobody wants', () => {
  let bridge: Bridge;
  beforeEach(async () => (bridge = await startTestBridge()));
  afterEach(() => bridge[Symbol.asyncDispose]());

  for (const [what, head, status] of [
    [
      'of another site without end',
      `POST /api/sign-in HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n${ENDLESS}`,
      403,
    ],
    ['of JSON without end', `POST /api/sign-in HTTP/1.1\r\n${JSON_TYPE}${ENDLESS}`, 400],
    ['that does not say what it is, without end', `POST /api/sign-in HTTP/1.1\r\n${ENDLESS}`, 400],
    ['of JSON of 100 MB', `POST /api/sign-in HTTP/1.1\r\n${JSON_TYPE}Content-Length: 100000000\r\n`, 413],
    [
      'of text of 1 GB, where none is needed,',
      `POST /api/sign-in/demo HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 1000000000\r\n`,
      413,
    ],
    [
      'of no type of 1 GB, where none is needed,',
      `POST /api/sign-out HTTP/1.1\r\nContent-Length: 1000000000\r\n`,
      413,
    ],
    ['of 100 MB for an address that is none', `POST /x HTTP/1.1\r\nContent-Length: 100000000\r\n`, 404],
    ['without end beside the API', `POST /nowhere HTTP/1.1\r\n${ENDLESS}`, 404],
    ['without end for a foreign name', `POST /api/sign-in HTTP/1.1\r\nHost: evil.example\r\n${ENDLESS}`, 421],
  ] as const) {
    it(`${what} is refused at once, and the connection ends with the answer`, async () => {
      using caller = new Caller(Number(new URL(bridge.origin).port));
      caller.send(`${head}${head.includes('Host:') ? '' : 'Host: localhost\r\n'}\r\n${CHUNK}`);
      await caller.untilClosed();

      expect(caller.received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(caller.received).toMatch(/\r\nConnection: close\r\n/i);
    });
  }

  for (const [what, head] of [
    ['of a health check', `GET /livez HTTP/1.1\r\n${ENDLESS}`],
    ['of somebody who asks for the head only', `HEAD /health HTTP/1.1\r\n${ENDLESS}`],
    ['of a reader, of 1 GB,', `GET /livez HTTP/1.1\r\nContent-Length: 1000000000\r\n`],
  ] as const) {
    it(`${what} changes nothing of the answer, and the connection ends with it`, async () => {
      using caller = new Caller(Number(new URL(bridge.origin).port));
      caller.send(`${head}Host: localhost\r\n\r\n${CHUNK}`);
      await caller.untilClosed();

      expect(caller.received).toMatch(/^HTTP\/1.1 200 /);
      expect(caller.received).toMatch(/\r\nConnection: close\r\n/i);
    });
  }

  it('because it has no bytes is none: a reader who announces chunks gets the answer', async () => {
    using caller = new Caller(Number(new URL(bridge.origin).port));
    caller.send(`GET /livez HTTP/1.1\r\nHost: localhost\r\n${ENDLESS}\r\n0\r\n\r\n`);
    await caller.untilClosed();

    expect(caller.received).toMatch(/^HTTP\/1.1 200 /);
  });

  it('of less than Nginx lets through is heard to its end: the connection goes on', async () => {
    using caller = new Caller(Number(new URL(bridge.origin).port));
    const body = 'x'.repeat(11_000_000);
    caller.send(
      `POST /notifications/event HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await caller.untilAnswered(1);
    caller.send(`${body}GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await caller.untilAnswered(2);

    expect(caller.received).toMatch(/^HTTP\/1.1 413 [^]*HTTP\/1.1 200 /);
  });

  it('of JSON that is just too large is refused before it comes, and the connection goes on when it has come', async () => {
    using caller = new Caller(Number(new URL(bridge.origin).port));
    const body = ' '.repeat(256 * 1024 + 1);
    caller.send(
      `POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\n${JSON_TYPE}Content-Length: ${body.length}\r\n\r\n`,
    );
    await caller.untilAnswered(1);
    caller.send(`${body}GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await caller.untilAnswered(2);

    expect(caller.received).toMatch(/^HTTP\/1.1 413 [^]*JSON may have 256 KB here[^]*HTTP\/1.1 200 /);
  });
});

describe('a caller that was refused and goes on with an honest body', () => {
  const refusing: RequestListener = (_request, response) => {
    leaveUnread(response);
    response.writeHead(401).end();
  };

  it('has the time of every request for it, and then loses the connection', async () => {
    // Enough for the head on any machine: it is the body that must come too late.
    const limits = { headMs: 1_000, requestMs: 1_000, checkedEveryMs: 10 };
    const server = await startHttpServer({ host: '127.0.0.1', port: 0 }, () => refusing, limits);
    using caller = new Caller(server.port);
    caller.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    await caller.untilClosed();

    expect(caller.received).toMatch(/^HTTP\/1.1 401 /);
    expect(caller.received).toContain('Connection: keep-alive');
    await server.close(1_000);
  });
});
