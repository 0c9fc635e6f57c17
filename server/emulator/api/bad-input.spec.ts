import { connect } from 'node:net';

import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { CONVERSATION_PATH, SEND_PATH } from '../testing/caller.ts';

/** What is called with the tokens of a connector, not with a bearer. */
const CONNECTOR_CALLS = new Set(['consumer token', 'open', 'send']);

describe('Bad input', () => {
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await startTestCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  const expectAlive = async (): Promise<void> => {
    expect((await cloud.caller.signIn('admin', 'demo-admin')).status).toBe(200);
  };

  const BY_ID = '/conversations/conversation/search?v=2&source=demo';
  const calls: readonly (readonly [what: string, path: (account: string) => string])[] = [
    ['login', (account) => `/api/account/${account}/login?v=1.3`],
    ['refresh', (account) => `/api/account/${account}/refresh?v=1.3`],
    ['logout', (account) => `/api/account/${account}/logout?v=1.3`],
    ['installations', (account) => `/api/account/${account}/configuration/app-install/installations?v=1.0`],
    ['consumer token', (account) => `/api/account/${account}/consumer?v=1.0`],
    ['open', (account) => `/api/account/${account}${CONVERSATION_PATH}`],
    ['send', (account) => `/api/account/${account}${SEND_PATH}`],
    ['history', (account) => `/messaging_history/api/account/${account}${BY_ID}`],
  ];
  const JSON_TYPE = { 'content-type': 'application/json' };
  const wrongs: readonly (readonly [
    what: string,
    status: number,
    account: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ])[] = [
    ['that is no JSON', 400, 'demo', JSON_TYPE, '{"'],
    ['that is empty', 400, 'demo', JSON_TYPE, ''],
    ['of another content type', 415, 'demo', { 'content-type': 'text/plain' }, '{}'],
    ['of more than a megabyte', 413, 'demo', JSON_TYPE, JSON.stringify('x'.repeat(1_100_000))],
    ['for an account that is not there', 404, '64467156', JSON_TYPE, '{}'],
  ];
  for (const [service, path] of calls) {
    for (const [what, status, account, headers, body] of wrongs) {
      it(`${what} answers ${status} to ${service}, and nothing is done`, async () => {
        const bearer = await cloud.caller.bearer();
        const { headers: tokens } = await cloud.caller.consumer();
        const authority = CONNECTOR_CALLS.has(service) ? tokens : bearer;
        const before = await cloud.caller.installations();

        const answer = await cloud.caller.post(path(account), body, { ...authority, ...headers });

        expect(answer.status).withContext(answer.text).toBe(status);
        expect(answer.headers.get('content-type')).toContain('application/json');
        expect(await cloud.caller.installations()).toEqual(before);
        expect(cloud.receiver.received).toEqual([]);
      });
    }
  }

  it('of an unknown path answers 501 and what is missing', async () => {
    for (const [path, missing] of [
      ['/api/account/demo/nonsense', 'GET /api/account/demo/nonsense'],
      [
        '/messaging_history/api/account/demo/agent-view/status',
        'GET /messaging_history/api/account/demo/agent-view/status',
      ],
    ] as const) {
      const answer = await cloud.caller.call(path);
      expect(answer.status).withContext(path).toBe(501);
      expect(answer.at('error', 'missing')).toBe(missing);
      expect(answer.at('error', 'responseStatus')).toBe('NOT_IMPLEMENTED');
    }
  });

  it('of an unknown method answers 501', async () => {
    const answer = await cloud.caller.call(cloud.caller.installationsPath(), { method: 'PATCH', body: {} });

    expect(answer.status).toBe(501);
  });

  it('of more than a megabyte answers 413', async () => {
    const body = JSON.stringify({ username: 'x'.repeat(1_100_000), password: 'x' });

    for (const path of ['/login', SEND_PATH]) {
      const answer = await cloud.caller.post(cloud.caller.path(path), body, {
        'content-type': 'application/json',
      });
      expect(answer.status).withContext(path).toBe(413);
    }
    await expectAlive();
  });

  it('in an unknown encoding answers 415', async () => {
    const answer = await cloud.caller.post(cloud.caller.path('/login'), '{}', { 'content-encoding': 'zip' });

    expect(answer.status).toBe(415);
  });

  it('nested beyond reason answers 400', async () => {
    const body = '['.repeat(200_000) + ']'.repeat(200_000);
    const answer = await cloud.caller.post(cloud.caller.path('/login'), body, {
      'content-type': 'application/json',
    });

    expect(answer.status).toBe(400);
    await expectAlive();
  });

  it('that cannot be decoded answers 400', async () => {
    expect((await cloud.caller.call('/api/account/%E0%A4%A/login', { method: 'POST' })).status).toBe(400);
    const response = await fetch(`${cloud.emulator.origin}${cloud.caller.path('/login')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.concat([
        Buffer.from('{"username":"'),
        Buffer.from([0xff]),
        Buffer.from('","password":"x"}'),
      ]),
    });
    expect(response.status).toBe(400);
  });

  it('that breaks off or is no HTTP at all harms nobody', async () => {
    const broken = connect(cloud.emulator.port, '127.0.0.1');
    broken.write('POST /api/account/demo/login HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"user');
    await new Promise((resolve) => broken.once('connect', resolve));
    broken.destroy();
    const nonsense = connect(cloud.emulator.port, '127.0.0.1');
    nonsense.end('NONSENSE\r\n\r\n');
    const chunks: string[] = [];
    for await (const chunk of nonsense) chunks.push(String(chunk));

    expect(chunks.join('')).toMatch(/^HTTP\/1.1 400 /);
    await expectAlive();
  });

  it('in the Host header does not get into the directory (§1.2)', async () => {
    const socket = connect(cloud.emulator.port, '127.0.0.1');
    socket.end(
      'GET /api/account/demo/service/idp/baseURI.json?version=1.0 HTTP/1.1\r\nhost: x/"y\r\nconnection: close\r\n\r\n',
    );
    const chunks: string[] = [];
    for await (const chunk of socket) chunks.push(String(chunk));

    expect(chunks.join('')).toContain(`"baseURI":"127.0.0.1:${cloud.emulator.port}"`);
  });
});
