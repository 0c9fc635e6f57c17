import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../testing/browser.ts';
import { notification, textChange } from '../testing/notifications.ts';
import { webhookHeaders } from '../testing/post-webhook.ts';
import { startTestBridge } from '../testing/start-bridge.ts';
import { partsFor, startWorld } from '../testing/start-world.ts';

describe('a bridge that stops', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'shutdown-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('tells those who ask on a connection that is open that it is draining', async () => {
    await using bridge = await startTestBridge();
    const connection = await Connection.open(bridge.origin);
    connection.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await connection.answer()).toContain('{"status":"ready"}');
    connection.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
    // The first half of the question has arrived when the bridge answers what was asked after it.
    await new TestBrowser(bridge.origin).get('/livez');

    const stopped = bridge[Symbol.asyncDispose]();
    connection.write('\r\n');

    const answer = await connection.answer();
    await stopped;
    expect(answer).toContain('HTTP/1.1 503');
    expect(answer).toContain('{"status":"draining"}');
  });

  it('still takes and keeps a webhook that was on its way', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const app = await browser.connectorApp();
    const answer = await browser.post(`/api/installations/${app.id}/secret`);
    const { clientSecret: secret } = answer.body as InstallationSecret;
    const body = Buffer.from(notification([textChange({ text: 'the last word' })]));
    const headers = webhookHeaders({ body, appKey: app.client_id, secret: secret ?? '' });
    const connection = await Connection.open(world.bridge.origin);
    const lines = Object.entries({ ...headers, 'content-length': String(body.length) });
    connection.write(
      `POST /notifications/event HTTP/1.1\r\nHost: x\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`,
    );
    connection.write(body.subarray(0, 100));
    await browser.get('/livez');

    const stopped = world.bridge[Symbol.asyncDispose]();
    connection.write(body.subarray(100));
    const taken = await connection.answer();
    await stopped;

    expect(taken).toContain('HTTP/1.1 200');
    await using next = await startTestBridge(partsFor(world.wire.origin), { dataDir });
    const reader = new TestBrowser(next.origin);
    reader.takeCookieOf(browser);
    using events = reader.events();
    await events.event('caught-up');
    expect(events.messages.map(({ event }) => event['message'])).toEqual(['the last word']);
  });

  it('waits for no request that never ends, and for no stream', async () => {
    await using world = await startWorld();
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    using events = browser.events();
    await events.event('caught-up');
    const endless = await Connection.open(world.bridge.origin);
    endless.write('POST /notifications/event HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc');
    await browser.get('/livez');

    await world.bridge[Symbol.asyncDispose]();

    expect(await endless.answer()).toBe('');
  }, 15_000);
});

/** A connection on which a spec says its requests in pieces. */
class Connection {
  private readonly socket: Socket;
  private text = '';
  private isClosed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (this.text += chunk));
    socket.once('close', () => (this.isClosed = true));
    // A bridge that cuts the connection is what some specs are about.
    socket.on('error', () => undefined);
  }

  static async open(origin: string): Promise<Connection> {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  write(text: string | Uint8Array): void {
    this.socket.write(text);
  }

  /** The next answer with a body; empty when the connection was closed without one. */
  async answer(): Promise<string> {
    while (!this.isClosed && !/\r\n\r\n.+/s.test(this.text)) {
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
    const { text } = this;
    this.text = '';
    return text;
  }
}
