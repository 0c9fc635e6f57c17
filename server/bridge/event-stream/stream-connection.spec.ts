import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('the connection of a stream', () => {
  let world: World;
  let browser: TestBrowser;
  let socket: Socket;
  let received = '';
  beforeEach(async () => {
    world = await startWorld({ parts: { heartbeatMs: 20 } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    socket = connect(Number(new URL(world.bridge.origin).port), '127.0.0.1').setEncoding('utf8');
    received = '';
    socket.on('data', (text: string) => (received += text)).on('error', () => undefined);
    await once(socket, 'connect');
  });
  afterEach(async () => {
    socket.destroy();
    await world[Symbol.asyncDispose]();
  });

  it('lives on after HTTP has let go of it: everything comes, and it stays the only stream', async () => {
    ask();
    await until('event: caught-up');
    await browser.openConversation();
    await until('"kind":"conversation-opened"');
    await until('event: heartbeat');

    expect(received).toContain('HTTP/1.1 200 OK');
    expect(received).toMatch(/x-request-id: [0-9a-f-]{36}/i);
    expect(await openStreams()).toBe('1');
  });

  it('is counted no more once its reader reset it, and the bridge goes on', async () => {
    ask();
    await until('event: caught-up');

    socket.resetAndDestroy();

    while ((await openStreams()) !== '0') await new Promise(setImmediate);
    expect((await browser.get('/health')).status).toBe(200);
  });

  it('ends when its reader says that it will send no more', async () => {
    ask();
    await until('event: caught-up');
    const closed = once(socket, 'close');

    socket.end();

    await expectAsync(closed).toBeResolved();
  });

  it('is opened once the whole request is there, and what comes after it is of no interest', async () => {
    ask('Content-Length: 2\r\nContent-Type: text/plain\r\n');
    socket.write('xx');
    await until('event: caught-up');

    socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
    await until('event: heartbeat');

    expect(received.match(/HTTP\/1.1/g)?.length).toBe(1);
  });

  it('is not opened for a request that broke off', async () => {
    ask('Content-Length: 2\r\nContent-Type: text/plain\r\n');
    socket.write('x');
    await browser.get('/health');

    socket.resetAndDestroy();
    await browser.get('/health');

    expect(received).toBe('');
    expect(await openStreams()).toBe('0');
  });

  it('must be free: a stream cannot wait behind another answer', async () => {
    const ended = once(socket, 'end');

    socket.write(requestFor('/api/installations') + requestFor('/api/events', 'Connection: close\r\n'));
    await ended;

    expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    expect(received).toContain('A stream needs a connection of its own.');
    expect(await openStreams()).toBe('0');
  });

  function ask(headers = ''): void {
    socket.write(requestFor('/api/events', headers));
  }

  function requestFor(path: string, headers = ''): string {
    const cookie = String(browser.cookieHeader['cookie']);
    return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n${headers}\r\n`;
  }

  async function until(text: string): Promise<void> {
    while (!received.includes(text)) await once(socket, 'data');
  }

  async function openStreams(): Promise<string> {
    return /^connector_bridge_streams_open (\d+)/m.exec((await browser.get('/metrics')).text)?.[1] ?? 'none';
  }
});
