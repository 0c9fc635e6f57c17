import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from './testing/browser.ts';
import { notification, textChange } from './testing/notifications.ts';
import { webhookHeaders } from './testing/post-webhook.ts';
import { Program } from './testing/program.ts';

/** Linux' disk in memory. */
const MEMORY = '/dev/shm';
/** What `docs/operations.md` promises, and a second for a busy machine. */
const STOPS_WITHIN_MS = 6_000;

describe('the server in operation', () => {
  let folder = '';
  const programs: Program[] = [];
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'operation-'))));
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
    rmSync(folder, { recursive: true });
  });

  const start = (environment: Readonly<Record<string, string>> = {}): Program => {
    const program = new Program(folder, environment);
    programs.push(program);
    return program;
  };

  it('does not start on a public address with a secret that is too short', async () => {
    const program = start({ HOST: '0.0.0.0', SESSION_SECRET: 'short' });

    expect(await program.end()).toBe(1);
    expect(program.err).toMatch(/^Cannot start: .*SESSION_SECRET .*32.*\.\n$/);
    expect(program.out).toBe('');
  });

  it('does not start on a public address with a secret that other users can read', async () => {
    const file = join(folder, 'session-secret');
    writeFileSync(file, 'x'.repeat(43));
    chmodSync(file, 0o644);
    const program = start({ HOST: '0.0.0.0' });

    expect(await program.end()).toBe(1);
    expect(program.err).toMatch(
      /^Cannot start: HOST 0\.0\.0\.0 .* can be read by other users: .*chmod 600.*\n$/,
    );
  });

  it('does not start on a public address with a secret that a restart of the machine would lose', async () => {
    if (!existsSync(MEMORY)) return expect(process.platform).not.toBe('linux');
    const inMemory = mkdtempSync(join(MEMORY, 'operation-'));
    const program = start({ HOST: '0.0.0.0', DATA_DIR: inMemory });

    const code = await program.end();
    rmSync(inMemory, { recursive: true });

    expect(code).toBe(1);
    expect(program.err).toMatch(
      /^Cannot start: HOST 0\.0\.0\.0 .* is kept in memory only: set SESSION_SECRET/,
    );
  });

  it('does not start a second time on the same folder, though every port is free', async () => {
    await start().origin();
    const second = start();

    expect(await second.end()).toBe(1);
    expect(second.err).toMatch(
      /\nCannot start: DATA_DIR .* is in use by another bridge \(process \d+ on .*\n$/,
    );
  }, 20_000);

  it('names a request in answer and log alike, and masks what is private in every line', async () => {
    const program = start({ LOG_LEVEL: 'debug', EMULATOR_ENABLED: 'true' });
    const browser = new TestBrowser(await program.origin());
    const credentials = { account: 'demo', loginName: 'admin', password: 'canary-password' };
    const refused = await browser.post('/api/sign-in', credentials);
    const cookie = (await browser.call('POST', '/api/sign-in/demo')).headers.getSetCookie().join();
    await browser.get('/api/installations?token=canary-query');
    await program.end('SIGTERM');

    const id = refused.headers.get('x-request-id') ?? 'none';
    expect(refused.problem().requestId).toBe(id);
    const lines = program.out.split('\n').filter((line) => line.startsWith('{'));
    const named = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(named.filter(({ requestId }) => requestId === id).map(({ path }) => path)).toContain(
      '/api/sign-in',
    );
    expect(program.out + program.err).not.toContain('canary');
    expect(program.out).not.toContain(/bridge_session=([^;]+)/.exec(cookie)?.[1] ?? 'no cookie');
  }, 20_000);

  it('stops with a webhook, an upload and a stream open, and has lost nothing after its next start', async () => {
    const first = start({ EMULATOR_ENABLED: 'true' });
    const browser = new TestBrowser(await first.origin());
    await browser.signInToDemo();
    const app = await browser.connectorApp();
    const { conversationId } = await browser.openConversation();
    const given = (await browser.post(`/api/installations/${app.id}/secret`)).body as InstallationSecret;
    const body = Buffer.from(notification([textChange({ text: 'the last word' })]));
    const signed = webhookHeaders({ body, appKey: app.client_id, secret: given.clientSecret ?? '' });
    const webhook = await opened(browser.origin, '/notifications/event', { ...signed, length: body.length });
    const image = { ...browser.cookieHeader, 'content-type': 'image/png', length: 1000 };
    const upload = await opened(
      browser.origin,
      `/api/conversations/${conversationId}/files?name=a.png`,
      image,
    );
    using events = browser.events();
    await events.event('caught-up');
    webhook.write(body.subarray(0, 50));
    upload.write('half');
    await browser.get('/livez');

    const stopped = first.end('SIGTERM');
    // As a restart does: it starts while the upload still keeps the first.
    const next = start({ EMULATOR_ENABLED: 'true' });
    webhook.write(body.subarray(50));
    const answer = await webhook.ended;

    expect(answer).toContain('HTTP/1.1 200');
    // By itself: an exit forced from outside would have no code.
    expect(await stopped).toBe(0);
    const reader = new TestBrowser(await next.origin());
    reader.takeCookieOf(browser);
    using again = reader.events();
    await again.event('caught-up');
    expect(again.messages.map(({ event }) => event['message'])).toContain('the last word');
  }, 30_000);

  for (const [what, path] of [
    ['a webhook', '/notifications/event'],
    ['a sign-in', '/api/sign-in'],
  ] as const) {
    it(`stops within 5 s though ${what} broke off just before`, async () => {
      const program = start({ LOG_LEVEL: 'debug' });
      const half = await opened(await program.origin(), path, {
        'content-type': 'application/json',
        length: 100,
      });
      half.write('{');
      half.breakOff();
      await program.logged(/a request was refused/);

      const askedAt = performance.now();
      expect(await program.end('SIGTERM')).toBe(0);
      expect(performance.now() - askedAt).toBeLessThan(STOPS_WITHIN_MS);
    }, 20_000);
  }
});

interface OpenCall {
  write(bytes: string | Uint8Array): void;
  /** Ends the connection without the rest. */
  breakOff(): void;
  /** All that came until the connection was closed. */
  readonly ended: Promise<string>;
}

/** A call whose head is sent and whose body is not. */
async function opened(
  origin: string,
  path: string,
  { length, ...headers }: Readonly<Record<string, string | number>>,
): Promise<OpenCall> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1').setEncoding('utf8');
  let received = '';
  socket.on('data', (text: string) => (received += text)).on('error', () => undefined);
  const ended = once(socket, 'close').then(() => received);
  await once(socket, 'connect');
  const lines = Object.entries({ Host: 'localhost', ...headers, 'Content-Length': length });
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`);
  return { write: (bytes) => void socket.write(bytes), breakOff: () => void socket.end(), ended };
}
