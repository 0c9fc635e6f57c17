import type { InstallationAnswer, InstallationList } from '#protocol/bridge-api';
import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('app installations', () => {
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    world = await startWorld();
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(() => world[Symbol.asyncDispose]());

  const endpoint = 'https://connector.example.com/notifications/event';
  const path = async (): Promise<string> => `/api/installations/${(await browser.connectorApp()).id}`;
  const read = async (): Promise<InstallationAnswer> =>
    (await browser.get(await path())).body as InstallationAnswer;
  const put = (target: string, body: unknown) => browser.call('PUT', target, { body });

  it('are listed with their revision and without their secrets', async () => {
    const answer = await browser.get('/api/installations');

    const { installations, revision } = answer.body as InstallationList;
    expect(installations.length).toBeGreaterThan(1);
    expect(installations.every(({ hasSecret }) => hasSecret)).toBeTrue();
    expect(revision).toMatch(/^\d+$/);
    expect(answer.text).not.toContain('client_secret"');
  });

  it('are asked for under the name of this app', async () => {
    await browser.get('/api/installations');

    const call = world.wire.seen.find(({ url }) => url.includes('/installations'));
    expect(call?.headers['user-agent']).toMatch(/^connector-api-demo-app\//);
  });

  it('tell whether messaging is on', async () => {
    expect((await browser.get('/api/messaging')).body).toEqual({ isEnabled: true });
  });

  it('tell when the account does not list the messaging property', async () => {
    const data = [{ compoundFeatureID: 'Other', value: { value: true } }];
    const grants = { appDataList: [{ accountList: { accountList: [{ itemsCollection: { data } }] } }] };
    world.wire.interfere(() => ({ kind: 'answer', status: 200, body: grants }));

    expect((await browser.get('/api/messaging')).body).toEqual({ isEnabled: null });
  });

  it('show a secret only to who asks for it, and never in a stored answer', async () => {
    const answer = await browser.post(`${await path()}/secret`);

    expect(answer.body).toEqual({ clientSecret: jasmine.stringMatching(/^[a-z0-9]{20,}$/) });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await browser.get(`${await path()}/secret`)).status).toBe(404);
  });

  it('get new webhook endpoints and keep everything else', async () => {
    const before = await read();
    const webhooks = Object.fromEntries(
      WEBHOOK_EVENT_TYPES.map((type) => [
        type,
        { endpoint, headers: [{ header_name: 'X-A', header_value: 'b' }] },
      ]),
    );

    const answer = await put(`${await path()}/webhooks`, { webhooks, revision: before.revision });

    const after = answer.body as InstallationAnswer;
    expect(answer.status).toBe(200);
    expect(after.revision).not.toBe(before.revision);
    expect(after.installation).toEqual({
      ...before.installation,
      capabilities: { ...before.installation.capabilities, webhooks },
    });
    expect(await read()).toEqual(after);
  });

  it('refuse a change that is based on an older revision', async () => {
    const { revision, installation } = await read();
    await put(`${await path()}/webhooks`, { webhooks: {}, revision });

    for (const [target, body] of [
      [`${await path()}/webhooks`, { webhooks: {}, revision }],
      [await path(), { installation, revision }],
    ] as const) {
      const answer = await put(target, body);
      expect(answer.status).toBe(409);
      expect(answer.problem().code).toBe('revision-conflict');
    }
    const removal = await browser.call('DELETE', `${await path()}?revision=${String(revision)}`);
    expect(removal.problem().code).toBe('revision-conflict');
  });

  it('tell of a conflict that only the cloud noticed', async () => {
    const target = `${await path()}/webhooks`;
    world.wire.interfere(({ method }) =>
      method === 'PUT' ? { kind: 'answer', status: 412 } : { kind: 'pass' },
    );

    expect((await put(target, { webhooks: {}, revision: null })).problem().code).toBe('revision-conflict');
  });

  const wrongWebhooks = [
    { [WEBHOOK_EVENT_TYPES[0]]: { endpoint: 'not a url' } },
    { [WEBHOOK_EVENT_TYPES[0]]: { endpoint: 'ftp://example.com/' } },
    { [WEBHOOK_EVENT_TYPES[0]]: { endpoint, max_retries: 6 } },
    { [WEBHOOK_EVENT_TYPES[0]]: { endpoint, headers: [{ header_name: 'a b', header_value: '' }] } },
    { [WEBHOOK_EVENT_TYPES[0]]: { endpoint, headers: [{ header_name: 'a', header_value: 'x\r\ny: z' }] } },
    { retry: { retention_time: 1 } },
  ];
  for (const webhooks of wrongWebhooks) {
    it(`refuse ${JSON.stringify(webhooks)} and name the field`, async () => {
      const answer = await put(`${await path()}/webhooks`, { webhooks, revision: null });

      expect(answer.problem().code).toBe('invalid-request');
      expect(answer.problem().fields?.[0]?.path).toMatch(/^webhooks\./);
    });
  }

  it('are created, changed, switched off and removed', async () => {
    const draft = {
      client_name: 'My connector',
      description: 'Bridges channel X',
      enabled: true,
      grant_types: ['client_credentials'],
      scope: 'msg.consumer',
      capabilities: { webhooks: { [WEBHOOK_EVENT_TYPES[1]]: { endpoint } } },
    };

    const created = await browser.post('/api/installations', { installation: draft });
    expect(created.status).toBe(201);
    const { installation, revision } = created.body as InstallationAnswer;
    expect(installation).toEqual(jasmine.objectContaining({ client_name: 'My connector', hasSecret: true }));

    const target = `/api/installations/${installation.id}`;
    const changed = await put(target, { installation: { ...installation, enabled: false }, revision });
    expect(changed.status).toBe(200);
    expect((changed.body as InstallationAnswer).installation).toEqual({ ...installation, enabled: false });

    const removed = await browser.call(
      'DELETE',
      `${target}?revision=${String((changed.body as InstallationAnswer).revision)}`,
    );
    expect(removed.status).toBe(204);
    expect((await browser.get(target)).problem().code).toBe('unknown-app');
  });

  it('keep what is not documented at every level, and members that are null', async () => {
    const webhooks = {
      [WEBHOOK_EVENT_TYPES[1]]: {
        endpoint,
        headers: [{ header_name: 'X-A', header_value: 'b', note: 1 }],
        tls: 'mutual',
      },
      retry: { retention_time: 3600, mode: 'slow' },
      'ms.Future': { since: 2030 },
    };
    const draft = {
      client_name: 'Odd',
      'client_name#de': 'Seltsam',
      enabled: true,
      custom: [{ deep: null }],
      capabilities: { webhooks, engagement: null, more: {} },
    };

    const created = (await browser.post('/api/installations', { installation: draft }))
      .body as InstallationAnswer;
    expect(created.installation).toEqual(
      jasmine.objectContaining({
        'client_name#de': 'Seltsam',
        custom: [{ deep: null }],
        capabilities: jasmine.objectContaining({ webhooks, engagement: null, more: {} }),
      }),
    );

    const target = `/api/installations/${created.installation.id}/webhooks`;
    const changed = (await put(target, { webhooks, revision: created.revision })).body as InstallationAnswer;
    expect(changed.installation.capabilities?.webhooks).toEqual(webhooks);
  });

  it('keep ids and secret whatever the browser sends', async () => {
    const target = await path();
    const { installation } = await read();
    const secret = (await browser.post(`${target}/secret`)).text;
    const forged = {
      ...installation,
      id: 'x',
      client_id: 'x',
      client_secret: 'mine',
      description: 'new',
      hasSecret: false,
    };

    const answer = await put(target, { installation: forged, revision: null });

    expect((answer.body as InstallationAnswer).installation).toEqual({ ...installation, description: 'new' });
    expect((await browser.post(`${target}/secret`)).text).toBe(secret);
  });

  it('refuse a second app of the same name', async () => {
    const { installation } = await read();

    const answer = await browser.post('/api/installations', { installation });

    expect(answer.problem().code).toBe('duplicate-name');
  });

  it('that are not there are unknown', async () => {
    expect((await browser.get('/api/installations/nope')).problem().code).toBe('unknown-app');
    expect((await browser.post('/api/installations/nope/secret')).problem().code).toBe('unknown-app');
  });
});
