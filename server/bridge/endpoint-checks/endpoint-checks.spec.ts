import { once } from 'node:events';
import { createServer, request as startRequest, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { InstallationAnswer, InstallationSecret } from '#protocol/bridge-api';
import type { EndpointCheck, EndpointCheckAnswer } from '#protocol/endpoint-check';

import { TestBrowser } from '../../testing/browser.ts';
import { certificateFor, selfSigned, testAuthority } from '../../testing/certificates.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

/** Generous, so that a busy machine is never found slow; a spec that waits for a limit sets its own. */
const LIMITS = { connectMs: 30_000, readMs: 30_000, slowMs: 60_000 };
const [, MESSAGES] = WEBHOOK_EVENT_TYPES;

describe('the check of webhook endpoints', () => {
  let world: World;
  let browser: TestBrowser;
  let appId = '';
  let stack: AsyncDisposableStack;

  async function start(limits = LIMITS): Promise<void> {
    world = stack.use(
      await startWorld({
        parts: { endpointCheckLimits: limits, localAuthorities: () => [testAuthority.certificate] },
      }),
    );
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    appId = (await browser.connectorApp()).id;
  }

  async function startAgain(limits: Partial<typeof LIMITS>): Promise<void> {
    await stack.disposeAsync();
    stack = new AsyncDisposableStack();
    await start({ ...LIMITS, ...limits });
  }

  beforeEach(() => {
    stack = new AsyncDisposableStack();
    return start();
  });
  afterEach(() => stack.disposeAsync());

  /** Listens on any free port of this machine until the spec ends. */
  async function listen(server: Server): Promise<number> {
    const open = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stack.defer(async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    return (server.address() as AddressInfo).port;
  }

  const serve = async (listener: RequestListener): Promise<string> =>
    `http://localhost:${await listen(createServer(listener))}/`;

  const serveTls = async (options: ServerOptions, listener: RequestListener = ok): Promise<string> => {
    const server = createTlsServer(options, listener);
    server.on('tlsClientError', () => undefined);
    return `https://localhost:${await listen(server)}/`;
  };

  /** Points the messages' endpoint there, as an administrator would. */
  async function pointTo(endpoint: string, headers: Record<string, string> = {}): Promise<void> {
    const list = Object.entries(headers).map(([header_name, header_value]) => ({
      header_name,
      header_value,
    }));
    const webhooks = { [MESSAGES]: { endpoint, headers: list } };
    const path = `/api/installations/${appId}/webhooks`;
    const answer = await browser.call('PUT', path, { body: { webhooks, revision: null } });
    if (answer.status !== 200) throw new Error(answer.text);
  }

  const check = async (): Promise<EndpointCheckAnswer> =>
    (await browser.post(`/api/installations/${appId}/check`)).body as EndpointCheckAnswer;

  async function checkMessages(endpoint?: string): Promise<EndpointCheck> {
    if (endpoint !== undefined) await pointTo(endpoint);
    const { endpoints } = await check();
    return endpoints.find(({ type }) => type === MESSAGES)!;
  }

  /** A proxy before the bridge that may change what passes. */
  const proxy = (change: {
    readonly body?: (body: Buffer) => Buffer;
    readonly without?: readonly string[];
  }): Promise<string> =>
    serve((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const body = (change.body ?? ((same) => same))(Buffer.concat(chunks));
        const headers = { ...request.headers, 'content-length': String(body.byteLength) };
        for (const name of change.without ?? []) Reflect.deleteProperty(headers, name);
        const onward = startRequest(world.bridge.webhookUrl, { method: 'POST', headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 500);
          answer.pipe(response);
        });
        onward.end(body);
      })();
    });

  it('sees all five endpoints of a fresh account answer, arrive and verify', async () => {
    const { endpoints, findings } = await check();

    expect(endpoints.map(({ type, cause }) => [type, cause])).toEqual(
      WEBHOOK_EVENT_TYPES.map((type) => [type, 'working']),
    );
    expect(findings).toEqual([]);
    expect(endpoints[0]).toEqual(
      jasmine.objectContaining({ status: 200, hasArrived: true, signature: 'valid', tls: null, error: null }),
    );
    expect(endpoints[0]?.durationMs).toBeGreaterThan(0);
  });

  it('leaves no trace: nothing in the log, neither received nor refused', async () => {
    await check();
    await pointTo(await proxy({ body: () => Buffer.from('changed') }));
    await check();
    await pointTo(await proxy({ without: ['x-liveperson-signature'] }));
    await check();

    using events = browser.events();
    await events.event('caught-up');
    expect(events.of('notification')).toEqual([]);
    expect(events.of('notification-refused')).toEqual([]);
  });

  it('sends the endpoint’s own headers along, but lets none of them pretend to be the sender’s', async () => {
    const seen: Record<string, unknown>[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    await pointTo(url, { 'X-Tenant': 'blue', 'X-Liveperson-Account-Id': 'other' });

    await check();

    expect(seen).toEqual([
      jasmine.objectContaining({ 'x-tenant': 'blue', 'x-liveperson-account-id': 'demo' }),
    ]);
  });

  it('tells endpoints that are not configured', async () => {
    await pointTo(world.bridge.webhookUrl);

    const { endpoints } = await check();

    expect(endpoints.map(({ cause }) => cause)).toEqual([
      'no-endpoint',
      'working',
      'no-endpoint',
      'no-endpoint',
      'no-endpoint',
    ]);
  });

  it('names a wrong path of this server', async () => {
    const wrong = world.bridge.webhookUrl.replace('/event', '/evnt');

    expect(await checkMessages(wrong)).toEqual(
      jasmine.objectContaining({ cause: 'wrong-path', status: 404, hasArrived: false }),
    );
  });

  it('names a server that takes the event but is not this one', async () => {
    expect(await checkMessages(await serve(ok))).toEqual(
      jasmine.objectContaining({ cause: 'elsewhere', status: 200, hasArrived: false, signature: null }),
    );
  });

  it('follows no redirect, not even back to here', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(307, { location: world.bridge.webhookUrl }).end();
    });

    expect(await checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'redirected', status: 307, hasArrived: false }),
    );
  });

  it('names a status that does not acknowledge', async () => {
    const url = await serve((_request, response) => response.writeHead(500).end());

    expect(await checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'wrong-status', status: 500 }),
    );
  });

  it('names a port where nobody listens', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');

    const seen = await checkMessages(`http://127.0.0.1:${port}/`);

    expect(seen).toEqual(jasmine.objectContaining({ cause: 'unreachable', status: null }));
    expect(seen.error).toContain('ECONNREFUSED');
  });

  it('names a connection that breaks before the answer', async () => {
    const url = await serve((request) => request.socket.destroy());

    expect(await checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'connection-broke', status: null }),
    );
  });

  it('names an answer that does not come in time', async () => {
    await startAgain({ readMs: 100 });
    const url = await serve(() => undefined);

    expect(await checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'answer-timeout', status: null }),
    );
  });

  it('does not wait for the end of an endless answer', async () => {
    const url = await serve((_request, response) => {
      const more = (): void => void response.write(Buffer.alloc(16_384), () => setImmediate(more));
      more();
    });

    expect(await checkMessages(url)).toEqual(jasmine.objectContaining({ cause: 'elsewhere', status: 200 }));
  });

  it('names a server that never agrees on TLS', async () => {
    await startAgain({ connectMs: 100 });
    const port = await listen(createTcpServer());

    expect(await checkMessages(`https://localhost:${port}/`)).toEqual(
      jasmine.objectContaining({ cause: 'connect-timeout', tls: null }),
    );
  });

  it('names an endpoint that arrives but answers slowly', async () => {
    await startAgain({ slowMs: 0 });

    expect(await checkMessages()).toEqual(
      jasmine.objectContaining({ cause: 'slow', status: 200, hasArrived: true }),
    );
  });

  it('names a proxy that changes the body', async () => {
    const url = await proxy({ body: (body) => Buffer.concat([body, Buffer.from('\n')]) });

    expect(await checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'body-changed', status: 401, signature: 'body-differs' }),
    );
  });

  it('names a proxy that takes the signature away', async () => {
    const url = await proxy({ without: ['x-liveperson-signature'] });

    expect(await checkMessages(url)).toEqual(
      jasmine.objectContaining({ cause: 'signature-refused', signature: 'header-missing' }),
    );
  });

  it('knows its event by the body where a proxy removes unknown headers', async () => {
    const url = await proxy({ without: ['x-bridge-check'] });

    expect(await checkMessages(url)).toEqual(jasmine.objectContaining({ cause: 'working' }));
  });

  it('tells that the secret was renewed in the account, and knows the new one from then on', async () => {
    const path = `/api/installations/${appId}`;
    const { installation } = (await browser.get(path)).body as InstallationAnswer;
    const renewed = { ...installation, client_secret: 'the-renewed-secret' };
    world.wire.interfere(({ url }) =>
      url.includes(`installations/${appId}`)
        ? { kind: 'answer', status: 200, body: renewed }
        : { kind: 'pass' },
    );

    const first = await check();
    const second = await check();

    expect(first.findings).toEqual([{ kind: 'secret-renewed' }]);
    expect(second.findings).toEqual([]);
    expect(second.endpoints.map(({ cause }) => cause)).toEqual(Array.from({ length: 5 }, () => 'working'));
  });

  it('tells that the app is disabled, and checks its endpoints all the same', async () => {
    const path = `/api/installations/${appId}`;
    const { installation, revision } = (await browser.get(path)).body as InstallationAnswer;
    await browser.call('PUT', path, {
      body: { installation: { ...installation, enabled: false }, revision },
    });

    const { findings, endpoints } = await check();

    expect(findings).toEqual([{ kind: 'app-disabled' }]);
    expect(endpoints.map(({ cause }) => cause)).toContain('working');
  });

  it('tells that messaging is off, or that it cannot be read', async () => {
    world.wire.interfere(({ url }) =>
      url.includes('featureGrants') ? { kind: 'answer', status: 200, body: grants(false) } : { kind: 'pass' },
    );
    expect((await check()).findings).toEqual([{ kind: 'messaging-off' }]);

    world.wire.interfere(({ url }) =>
      url.includes('featureGrants') ? { kind: 'answer', status: 403, body: {} } : { kind: 'pass' },
    );
    expect((await check()).findings).toEqual([{ kind: 'messaging-unknown' }]);
  });

  it('signs nothing without a secret', async () => {
    const { installation } = (await browser.get(`/api/installations/${appId}`)).body as InstallationAnswer;
    world.wire.interfere(({ url }) =>
      url.includes(`installations/${appId}`)
        ? { kind: 'answer', status: 200, body: { ...installation, client_secret: null } }
        : { kind: 'pass' },
    );

    const { findings, endpoints } = await check();

    expect(findings).toEqual([{ kind: 'secret-missing' }]);
    expect(new Set(endpoints.map(({ cause }) => cause))).toEqual(new Set(['not-signed']));
  });

  it('calls nothing but this machine for an emulated account', async () => {
    for (const url of ['https://example.com/x', 'https://10.0.0.1/', 'https://metadata.internal/']) {
      expect(await checkMessages(url)).toEqual(
        jasmine.objectContaining({ cause: 'not-local', addresses: [], durationMs: null }),
      );
    }
  });

  describe('over TLS', () => {
    const authority = testAuthority;

    it('passes a chain that is trusted, and tells who issued it', async () => {
      const url = await serveTls(certificateFor(authority, ['localhost']));

      const { cause, tls } = await checkMessages(url);

      expect(cause).toBe('elsewhere');
      expect(tls).toEqual(
        jasmine.objectContaining({
          protocol: 'TLSv1.3',
          names: ['localhost'],
          issuer: 'Test CA',
          error: null,
        }),
      );
    });

    it('sends nothing to a server with a self-signed certificate', async () => {
      let asked = 0;
      const url = await serveTls(selfSigned(['localhost']), (_request, response) => {
        asked += 1;
        response.end();
      });

      const { cause, tls, status } = await checkMessages(url);

      expect([cause, status, asked]).toEqual(['certificate-self-signed', null, 0]);
      expect(tls?.error).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    });

    it('names a certificate that has expired', async () => {
      const past = { from: new Date('2020-01-01'), to: new Date('2020-02-01') };
      const url = await serveTls(certificateFor(authority, ['localhost'], past));

      const { cause, tls } = await checkMessages(url);

      expect(cause).toBe('certificate-expired');
      expect(tls?.validTo).toBe(Date.UTC(2020, 1, 1));
    });

    it('names a certificate for another host', async () => {
      const url = await serveTls(certificateFor(authority, ['elsewhere.example']));

      const { cause, tls } = await checkMessages(url);

      expect(cause).toBe('certificate-wrong-host');
      expect(tls?.names).toEqual(['elsewhere.example']);
    });

    it('names a chain that leads to nobody who is trusted', async () => {
      const stranger = selfSigned(['Some other CA'], { isAuthority: true });
      const url = await serveTls(certificateFor(stranger, ['localhost']));

      expect((await checkMessages(url)).cause).toBe('certificate-untrusted');
    });

    it('names a server that speaks only versions that nobody takes any more', async () => {
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const url = await serveTls({ ...certificateFor(authority, ['localhost']), ...old });

      expect((await checkMessages(url)).cause).toBe('tls-too-old');
    });

    it('names a port that speaks plain HTTP', async () => {
      const url = await serve(ok);

      expect((await checkMessages(url.replace('http:', 'https:'))).cause).toBe('tls-failed');
    });
  });

  it('is for people who are signed in', async () => {
    const stranger = new TestBrowser(world.bridge.origin);

    expect((await stranger.post(`/api/installations/${appId}/check`)).status).toBe(401);
  });

  it('checks apps of the own account only', async () => {
    expect((await browser.post('/api/installations/nobodys/check')).problem().code).toBe('unknown-app');
  });

  it('has a measure: one at a time, and so many a minute', async () => {
    const path = `/api/installations/${appId}/check`;
    const together = await Promise.all([browser.post(path), browser.post(path)]);
    expect(together.map(({ status }) => status).sort()).toEqual([200, 429]);

    const statuses = [];
    for (let turn = 0; turn < 12; turn += 1) statuses.push((await browser.post(path)).status);
    const last = await browser.post(path);

    expect(statuses.filter((status) => status === 200).length).toBe(11);
    expect(last.problem().code).toBe('too-many-requests');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('keeps the secret to itself', async () => {
    const { clientSecret } = (await browser.post(`/api/installations/${appId}/secret`))
      .body as InstallationSecret;

    expect(JSON.stringify(await check())).not.toContain(String(clientSecret));
  });
});

const ok: RequestListener = (request, response) => {
  request.resume();
  response.end('"OK"');
};

const grants = (value: boolean): unknown => ({
  appDataList: [
    {
      accountList: {
        accountList: [
          {
            itemsCollection: {
              data: [{ compoundFeatureID: 'Common.Async_Messaging', value: { value: String(value) } }],
            },
          },
        ],
      },
    },
  ],
});
