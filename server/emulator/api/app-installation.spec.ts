import { connect } from 'node:net';

import type { AppInstallation } from '#protocol/app-installation';

import { DEMO_AGENT, DEMO_LPA } from '../state/seed.ts';
import type { Answer } from '../testing/answer.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const manifest = (more: object = {}): Record<string, unknown> => ({
  client_name: 'My Connector--Demo--',
  description: 'Bridges channel X',
  enabled: true,
  grant_types: ['client_credentials'],
  scope: 'msg.consumer',
  logo_uri: '',
  capabilities: {
    webhooks: {
      'cqm.ExConversationChangeNotification': {
        endpoint: 'https://connector.example.com/event',
        headers: [],
      },
      retry: { retention_time: 3600 },
    },
  },
  ...more,
});
const withEndpoint = (entry: unknown): object =>
  manifest({ capabilities: { webhooks: { 'ms.MessagingEventNotification.ContentEvent': entry } } });
const withEngagement = (more: object): object =>
  manifest({
    capabilities: {
      engagement: { design_engagement: false, design_window: false, language_selection: false, ...more },
    },
  });

describe('App installations (§4)', () => {
  let cloud: TestCloud;
  let bearer: Readonly<Record<string, string>>;
  beforeEach(async () => {
    cloud = await startTestCloud();
    bearer = await cloud.caller.bearer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const call = (
    method: string,
    id: string,
    { body, ...headers }: Record<string, unknown> = {},
  ): Promise<Answer> =>
    cloud.caller.call(cloud.caller.installationsPath(id), {
      method,
      headers: { ...bearer, ...(headers as Record<string, string>) },
      body,
    });
  const revisionOf = ({ headers }: Answer): string => headers.get('ac-revision') ?? '';
  const read = (id: string): Promise<Answer> => call('GET', id);

  it('are listed as an array with the revision; a fresh account has connectors and another app (§4.1)', async () => {
    const answer = await call('GET', '');

    const apps = answer.body as AppInstallation[];
    expect(revisionOf(answer)).toMatch(/^\d+$/);
    expect(apps.filter(({ scope, enabled }) => scope === 'msg.consumer' && enabled).length).toBe(1);
    expect(apps.some(({ enabled }) => !enabled)).toBe(true);
    expect(apps.some(({ scope }) => scope !== 'msg.consumer')).toBe(true);
    const [connector] = apps;
    expect(connector?.id).toBe(connector!.client_id);
    expect(connector?.client_secret).toMatch(/^[a-z0-9]{26}$/);
    expect(Object.keys(connector?.capabilities?.webhooks ?? {}).length).toBe(5);
  });

  it('are created with the server’s fields and defaults, and raise the revision (§4.1, §4.3)', async () => {
    const before = Number(revisionOf(await call('GET', '')));

    const created = await call('POST', '', { body: manifest() });

    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      ...manifest(),
      logo_uri: '/src/modules/campaigns/assets/img/software/Mobile-App.png',
      response_types: ['code', 'token', 'id_token'],
      capabilities: { ...(manifest()['capabilities'] as object), broadcast: { enabled: false } },
      id: created.textAt('client_id'),
      client_id: jasmine.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/),
      client_secret: jasmine.stringMatching(/^[a-z0-9]{26}$/),
      client_id_issued_at: jasmine.any(Number),
      client_secret_expires_at: 0,
      deleted: false,
    });
    expect(Number(revisionOf(created))).toBe(before + 1);
    expect((await read(created.textAt('id'))).body).toEqual(created.body);
  });

  it('are replaced as a whole, but for what only the server sets (§4.1)', async () => {
    const created = await call('POST', '', { body: manifest() });
    const owned = {
      id: 'x',
      client_id: 'x',
      client_secret: 'x',
      client_id_issued_at: 0,
      deleted: true,
    };
    const id = created.textAt('id');
    const changed = { ...manifest({ enabled: false }), ...owned };
    delete (changed as Record<string, unknown>)['description'];

    const updated = await call('PUT', id, {
      body: changed,
      'if-match': revisionOf(created),
      'x-http-method-override': 'PUT',
    });

    expect(updated.status).toBe(200);
    const expected = { ...(created.body as object), enabled: false } as Record<string, unknown>;
    delete expected['description'];
    expect(updated.body).toEqual(expected);
    expect(Number(revisionOf(updated))).toBe(Number(revisionOf(created)) + 1);
  });

  it('are changed and deleted by a POST that overrides its method (§4.1)', async () => {
    const app = await cloud.caller.app();
    const ifMatch = { 'if-match': revisionOf(await read(app.id)) };

    const updated = await call('POST', app.id, { body: app, ...ifMatch, 'x-http-method-override': 'PUT' });
    const deleted = await call('POST', app.id, {
      body: '',
      'if-match': revisionOf(updated),
      'x-http-method-override': 'DELETE',
    });

    expect([updated.status, deleted.status]).toEqual([200, 204]);
    expect((await read(app.id)).status).toBe(404);
  });

  it('are changed only from the revision they have: 428 without, 412 with a stale one (§4.1)', async () => {
    const app = await cloud.caller.app();
    const revision = revisionOf(await read(app.id));
    await call('POST', '', { body: manifest() });

    for (const method of ['PUT', 'DELETE']) {
      const body = method === 'PUT' ? app : undefined;
      expect((await call(method, app.id, { body })).status)
        .withContext(method)
        .toBe(428);
      const stale = await call(method, app.id, { body, 'if-match': revision });
      expect(stale.status).withContext(method).toBe(412);
      expect(stale.at('error', 'responseStatus')).toBe('PRECONDITION_FAILED');
    }
    expect((await read(app.id)).body).toEqual(app);
  });

  it('are created from a revision where one is given (§4.1)', async () => {
    expect((await call('POST', '', { body: manifest(), 'if-match': '0' })).status).toBe(412);
    const revision = revisionOf(await call('GET', ''));
    expect((await call('POST', '', { body: manifest(), 'if-match': revision })).status).toBe(201);
  });

  it('leave the list when they are deleted (§4.1)', async () => {
    const app = await cloud.caller.app();

    const deleted = await call('DELETE', app.id, { 'if-match': revisionOf(await read(app.id)) });

    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect(((await call('GET', '')).body as AppInstallation[]).map(({ id }) => id)).not.toContain(app.id);
    expect((await read(app.id)).status).toBe(404);
  });

  it('have names of their own: a second one answers 409 (§4.1)', async () => {
    const created = await call('POST', '', { body: manifest() });
    expect((await call('POST', '', { body: manifest() })).status).toBe(409);

    const renamed = manifest({ client_name: 'Demo connector' });
    const refused = await call('PUT', created.textAt('id'), {
      body: renamed,
      'if-match': revisionOf(created),
    });

    expect(refused.status).toBe(409);
    expect(refused.at('error', 'responseStatus')).toBe('CONFLICT');
  });

  it('are read and deleted whatever junk stands in the body (§4.1)', async () => {
    const app = await cloud.caller.app();
    const revision = revisionOf(await read(app.id));
    // A platform's client sends no body with GET; a raw socket does.
    const socket = connect(cloud.emulator.port, '127.0.0.1');
    const path = cloud.caller.installationsPath(app.id);
    socket.end(
      `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${bearer['authorization']}\r\n` +
        'content-type: application/json\r\ncontent-length: 15\r\n\r\n[object Object]',
    );
    const chunks: string[] = [];
    for await (const chunk of socket) chunks.push(String(chunk));
    expect(chunks.join('')).toMatch(/^HTTP\/1.1 200 /);

    const deleted = await call('DELETE', app.id, { body: '[object Object]', 'if-match': revision });

    expect(deleted.status).toBe(204);
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['no object', []],
    ['capabilities that are a list', manifest({ capabilities: [] })],
    ['webhooks that are a list', manifest({ capabilities: { webhooks: [] } })],
    ['no name', { ...manifest(), client_name: undefined }],
    ['an empty name', manifest({ client_name: '' })],
    ['a name of 129 characters', manifest({ client_name: 'x'.repeat(129) })],
    ['a description of 257 characters', manifest({ description: 'x'.repeat(257) })],
    ['an unknown grant type', manifest({ grant_types: ['password'] })],
    ['an enabled that is no boolean', manifest({ enabled: 'yes' })],
    ['a webhook without endpoint', withEndpoint({})],
    ['an endpoint that is no address', withEndpoint({ endpoint: 'connector.example.com' })],
    ['a plain-HTTP endpoint elsewhere (§8.9)', withEndpoint({ endpoint: 'http://connector.example.com/' })],
    ['six retries', withEndpoint({ endpoint: 'https://c.example.com/', max_retries: 6 })],
    ['half a retry', withEndpoint({ endpoint: 'https://c.example.com/', max_retries: 0.5 })],
    [
      'a header with a line break',
      withEndpoint({
        endpoint: 'https://c.example.com/',
        headers: [{ header_name: 'a', header_value: 'b\nc' }],
      }),
    ],
    ['a retention of one second', manifest({ capabilities: { webhooks: { retry: { retention_time: 1 } } } })],
    [
      'a retention of four days',
      manifest({ capabilities: { webhooks: { retry: { retention_time: 345_600 } } } }),
    ],
    ['an engagement without its three switches', manifest({ capabilities: { engagement: {} } })],
    ['an unknown entry point', withEngagement({ entry_point: ['door'] })],
    ['no entry point of at least one', withEngagement({ entry_point: [] })],
    ['the same goal twice', withEngagement({ goal: ['url', 'url'] })],
    ['nesting without end', '{"client_name":' + '['.repeat(100) + ']'.repeat(100) + '}'],
    ['no JSON', '{'],
  ];
  for (const [what, body] of wrong) {
    it(`are not created with ${what} (§4.2)`, async () => {
      const answer = await call('POST', '', { body, 'content-type': 'application/json' });

      expect(answer.status).withContext(answer.text).toBe(400);
      expect(answer.at('error', 'responseStatus')).toBe('BAD_REQUEST');
    });
  }

  it('keep what they do not know, wrong event keys included (§8.8, §14.2 #12)', async () => {
    const webhooks = { 'ms.MessagingEventNotification.Misspelt': { endpoint: 'https://c.example.com/' } };
    const body = manifest({ quick: { a: [1] }, capabilities: { webhooks, other: true } });

    const created = await call('POST', '', { body });

    expect(created.at('quick')).toEqual({ a: [1] });
    expect(created.at('capabilities')).toEqual({ broadcast: { enabled: false }, webhooks, other: true });
  });

  it('may be plain HTTP on this machine (§8.9)', async () => {
    for (const endpoint of [
      'http://localhost:1/',
      'http://127.0.0.1:1/',
      'http://[::1]:1/',
      'https://x.example/',
    ]) {
      const created = await call('POST', '', {
        body: { ...withEndpoint({ endpoint }), client_name: endpoint },
      });
      expect(created.status).withContext(endpoint).toBe(201);
    }
  });

  it('are for administrators and staff: 401 without bearer, 403 for other users (§4.1)', async () => {
    const statusWith = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await cloud.caller.call(cloud.caller.installationsPath(), { headers })).status;

    expect(await statusWith({})).toBe(401);
    expect(await statusWith(await cloud.caller.bearer(DEMO_AGENT))).toBe(403);
    expect(await statusWith(await cloud.caller.bearer(DEMO_LPA))).toBe(200);
  });

  it('want a version of 1 or 2 (§4.1)', async () => {
    const path = cloud.caller.path('/configuration/app-install/installations');
    const statusOf = async (query: string): Promise<number> =>
      (await cloud.caller.call(`${path}${query}`, { headers: bearer })).status;

    expect(await Promise.all(['?v=1', '?v=1.0', '?v=2.0'].map(statusOf))).toEqual([200, 200, 200]);
    expect(await Promise.all(['', '?v=3.0'].map(statusOf))).toEqual([400, 400]);
  });

  it('are refused as no JSON when the content type says so', async () => {
    const answer = await call('POST', '', { body: JSON.stringify(manifest()), 'content-type': 'text/plain' });

    expect(answer.status).toBe(415);
  });
});
