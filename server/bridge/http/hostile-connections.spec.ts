import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

import type { InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { notification, textChange } from '../../testing/notifications.ts';
import { webhookHeaders } from '../../testing/post-webhook.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { startWorld, type World } from '../../testing/start-world.ts';
import { startHttpServer } from './http-server.ts';

const HEAD = 'POST /notifications/event HTTP/1.1\r\nHost: x\r\n';

describe('webhooks as nobody well-meaning sends them', () => {
  const { log, lines } = recordingLogger('warn');
  let world: World;
  let browser: TestBrowser;
  let appKey = '';
  let secret = '';
  let socket: Socket;
  let received = '';
  beforeEach(async () => {
    world = await startWorld({ parts: { log } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const app = await browser.connectorApp();
    appKey = app.client_id;
    const answer = await browser.post(`/api/installations/${app.id}/secret`);
    secret = String((answer.body as InstallationSecret).clientSecret);
    received = '';
    socket = connect(Number(new URL(world.bridge.origin).port), '127.0.0.1').setEncoding('utf8');
    socket.on('data', (text: string) => (received += text)).on('error', () => undefined);
    await once(socket, 'connect');
  });
  afterEach(async () => {
    socket.destroy();
    await world[Symbol.asyncDispose]();
  });

  const bodyOf = (text: string, sequence: number): string => notification([textChange({ text, sequence })]);
  const linesOf = (headers: Readonly<Record<string, string>>): string =>
    Object.entries(headers)
      .map((line) => `${line.join(': ')}\r\n`)
      .join('');
  /** A whole webhook, signed. */
  const signed = (text: string, sequence: number): string => {
    const body = bodyOf(text, sequence);
    const length = { 'Content-Length': String(Buffer.byteLength(body)) };
    return `${HEAD}${linesOf({ ...webhookHeaders({ body, appKey, secret }), ...length })}\r\n${body}`;
  };
  const statuses = (): readonly string[] => received.match(/HTTP\/1.1 \d+/g) ?? [];
  const untilAnswered = async (count: number): Promise<void> => {
    while (statuses().length < count) await once(socket, 'data');
  };
  const stored = async (): Promise<readonly unknown[]> => {
    using events = browser.events();
    await events.event('caught-up');
    return events.messages.map(({ event }) => event['message']);
  };
  const alive = async (): Promise<boolean> => (await browser.get('/livez')).status === 200;

  it('are answered in order and all stored when several come in one packet', async () => {
    socket.write(signed('one', 1) + signed('two', 2) + signed('three', 3));
    await untilAnswered(3);

    expect(statuses()).toEqual(Array.from({ length: 3 }, () => 'HTTP/1.1 200'));
    expect(await stored()).toEqual(['one', 'two', 'three']);
  });

  it('are taken byte by byte and in chunks', async () => {
    const slow = Buffer.from(signed('piece 😀', 1));
    for (const byte of slow) socket.write(Buffer.of(byte));
    await untilAnswered(1);
    const body = bodyOf('chunked', 2);
    const parts = [body.slice(0, 5), body.slice(5)];
    const chunks = parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
    const head = linesOf({ ...webhookHeaders({ body, appKey, secret }), 'Transfer-Encoding': 'chunked' });
    socket.write(`${HEAD}${head}\r\n${chunks}0\r\n\r\n`);
    await untilAnswered(2);

    expect(statuses()).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(await stored()).toEqual(['piece 😀', 'chunked']);
  });

  it('are asked for their body when they wait for that', async () => {
    const [head = '', body = ''] = signed('expected', 1).split('\r\n\r\n');
    socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
    await untilAnswered(1);
    expect(statuses()).toEqual(['HTTP/1.1 100']);

    socket.write(body);
    await untilAnswered(2);

    expect(statuses().at(-1)).toBe('HTTP/1.1 200');
    expect(await stored()).toEqual(['expected']);
  });

  it('are taken though rubbish follows, which is refused and ends the connection', async () => {
    const closed = once(socket, 'close');
    socket.write(`${signed('before the rubbish', 1)}\x00\x01 rubbish\r\n\r\n`);
    await closed;

    expect(received).toContain('HTTP/1.1 400');
    expect(await stored()).toEqual(['before the rubbish']);
    expect(await alive()).toBeTrue();
  });

  it('are not smuggled in behind a body of two lengths', async () => {
    const inner = signed('smuggled', 1);
    const closed = once(socket, 'close');
    socket.write(`${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`);
    await closed;

    expect(statuses()).toEqual(['HTTP/1.1 400']);
    expect(await stored()).toEqual([]);
  });

  for (const [what, request] of [
    ['says that it is too large', `${HEAD}Content-Length: 99999999\r\n\r\n`],
    [
      'turns out to be too large',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n110000\r\n${'x'.repeat(0x110000)}`,
    ],
    ['is compressed', `${HEAD}Content-Encoding: gzip\r\nContent-Length: 99999999\r\n\r\n`],
  ] as const) {
    it(`are not read on when one ${what}: the connection ends`, async () => {
      const ended = once(socket, 'end');
      socket.write(request);
      await ended;

      expect(received).toMatch(/^HTTP\/1.1 41[35] /);
      expect(received).toMatch(/\r\nConnection: close\r\n/i);
    });
  }

  it('have heads of bounded size and number', async () => {
    const ended = once(socket, 'end');
    socket.write(`${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    await ended;

    expect(statuses()).toEqual(['HTTP/1.1 431']);
    expect(await alive()).toBeTrue();
  });

  it('leave nothing behind when they break off', async () => {
    socket.write(signed('half', 1).slice(0, -10));
    await alive();
    socket.resetAndDestroy();

    expect(await alive()).toBeTrue();
    expect(await stored()).toEqual([]);
  });

  it('cannot write lines into the log of the process, nor long ones', async () => {
    const before = lines.length;
    const account = `demo{"level":"error"}\\n${'y'.repeat(8_000)}`;
    socket.write(`${HEAD}X-Liveperson-Account-Id: ${account}\r\nContent-Length: 2\r\n\r\n{}`);
    await untilAnswered(1);

    expect(statuses()).toEqual(['HTTP/1.1 401']);
    const written = lines.slice(before);
    expect(written.length).toBe(1);
    expect(written[0]?.length).toBeLessThan(600);
    expect((JSON.parse(written[0] ?? '') as Record<string, unknown>)['level']).toBe('warn');
  });
});

describe('callers that take their time', () => {
  const limits = { headMs: 50, requestMs: 100, checkedEveryMs: 10 };
  const TAKES_ALL = (request: IncomingMessage, response: ServerResponse) =>
    void request.resume().on('end', () => response.end('done'));

  for (const [what, start] of [
    ['head', 'POST / HTTP/1.1\r\nHost: x\r\nX-Slow'],
    ['body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc'],
  ] as const) {
    it(`lose the connection when the ${what} does not come to its end`, async () => {
      const server = await startHttpServer({ host: '127.0.0.1', port: 0 }, () => TAKES_ALL, limits);
      const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
      let received = '';
      socket.on('data', (text: string) => (received += text));
      const closed = once(socket, 'close');
      socket.write(start);
      await closed;

      expect(received).toMatch(/^HTTP\/1.1 408 /);
      await server.close(1_000);
    });
  }
});
