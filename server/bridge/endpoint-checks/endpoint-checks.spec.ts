import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { InstallationAnswer, InstallationSecret } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { CheckBench } from '../../testing/check-bench.ts';

describe('the check of webhook endpoints', () => {
  let bench: CheckBench;

  beforeEach(async () => {
    bench = await CheckBench.start();
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  it('sees all five endpoints of a fresh account answer, arrive and verify', async () => {
    const { endpoints, findings } = await bench.check();

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
    await bench.check();
    await bench.pointTo(await bench.proxy({ body: () => Buffer.from('changed') }));
    await bench.check();
    await bench.pointTo(await bench.proxy({ without: ['x-liveperson-signature'] }));
    await bench.check();

    using events = bench.browser.events();
    await events.event('caught-up');
    expect(events.of('notification')).toEqual([]);
    expect(events.of('notification-refused')).toEqual([]);
  });

  it('sends the endpoint’s own headers along, but lets none of them pretend to be the sender’s', async () => {
    const seen: Record<string, unknown>[] = [];
    const url = await bench.serve((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    await bench.pointTo(url, { 'X-Tenant': 'blue', 'X-Liveperson-Account-Id': 'other' });

    await bench.check();

    expect(seen).toEqual([
      jasmine.objectContaining({ 'x-tenant': 'blue', 'x-liveperson-account-id': 'demo' }),
    ]);
  });

  it('tells endpoints that are not configured', async () => {
    await bench.pointTo(bench.world.bridge.webhookUrl);

    const { endpoints } = await bench.check();

    expect(endpoints.map(({ cause }) => cause)).toEqual([
      'no-endpoint',
      'working',
      'no-endpoint',
      'no-endpoint',
      'no-endpoint',
    ]);
  });

  it('tells that the secret was renewed in the account, and knows the new one from then on', async () => {
    const path = `/api/installations/${bench.appId}`;
    const { installation } = (await bench.browser.get(path)).body as InstallationAnswer;
    const renewed = { ...installation, client_secret: 'the-renewed-secret' };
    bench.world.wire.interfere(({ url }) =>
      url.includes(`installations/${bench.appId}`)
        ? { kind: 'answer', status: 200, body: renewed }
        : { kind: 'pass' },
    );

    const first = await bench.check();
    const second = await bench.check();

    expect(first.findings).toEqual([{ kind: 'secret-renewed' }]);
    expect(first.endpoints.every(({ signature }) => signature === 'valid')).toBeTrue();
    expect(second.findings).toEqual([]);
    expect(second.endpoints.map(({ cause }) => cause)).toEqual(Array.from({ length: 5 }, () => 'working'));
  });

  it('refuses what is signed with a newer secret while the account is not asked again, and takes it from then on', async () => {
    const path = `/api/installations/${bench.appId}`;
    const { installation } = (await bench.browser.get(path)).body as InstallationAnswer;
    const tampered = await bench.proxy({ body: (body) => Buffer.concat([body, Buffer.from(' ')]) });
    // Whoever signs wrongly makes the bridge ask for the secret, once a minute.
    await bench.checkMessages(tampered);
    await bench.checkMessages(bench.world.bridge.webhookUrl);
    bench.world.wire.interfere(({ url }) =>
      url.includes(`installations/${bench.appId}`)
        ? { kind: 'answer', status: 200, body: { ...installation, client_secret: 'the-renewed-secret' } }
        : { kind: 'pass' },
    );

    const [first, second] = [await bench.check(), await bench.check()];

    expect(first.findings).toEqual([{ kind: 'secret-renewed' }]);
    expect(first.endpoints.map(({ signature }) => signature)).toContain('body-differs');
    expect(second.findings).toEqual([]);
    expect(second.endpoints.every(({ cause }) => cause === 'working')).toBeTrue();
  });

  it('tells that the app is disabled, and checks its endpoints all the same', async () => {
    const path = `/api/installations/${bench.appId}`;
    const { installation, revision } = (await bench.browser.get(path)).body as InstallationAnswer;
    await bench.browser.call('PUT', path, {
      body: { installation: { ...installation, enabled: false }, revision },
    });

    const { findings, endpoints } = await bench.check();

    expect(findings).toEqual([{ kind: 'app-disabled' }]);
    expect(endpoints.map(({ cause }) => cause)).toContain('working');
  });

  it('tells that messaging is off, or that it cannot be read', async () => {
    bench.world.wire.interfere(({ url }) =>
      url.includes('featureGrants') ? { kind: 'answer', status: 200, body: grants(false) } : { kind: 'pass' },
    );
    expect((await bench.check()).findings).toEqual([{ kind: 'messaging-off' }]);

    bench.world.wire.interfere(({ url }) =>
      url.includes('featureGrants') ? { kind: 'answer', status: 403, body: {} } : { kind: 'pass' },
    );
    expect((await bench.check()).findings).toEqual([{ kind: 'messaging-unknown' }]);
  });

  it('signs nothing without a secret', async () => {
    const { installation } = (await bench.browser.get(`/api/installations/${bench.appId}`))
      .body as InstallationAnswer;
    bench.world.wire.interfere(({ url }) =>
      url.includes(`installations/${bench.appId}`)
        ? { kind: 'answer', status: 200, body: { ...installation, client_secret: null } }
        : { kind: 'pass' },
    );

    const { findings, endpoints } = await bench.check();

    expect(findings).toEqual([{ kind: 'secret-missing' }]);
    expect(new Set(endpoints.map(({ cause }) => cause))).toEqual(new Set(['not-signed']));
  });

  it('calls nothing but this machine for an emulated account', async () => {
    for (const url of ['https://example.com/x', 'https://10.0.0.1/', 'https://metadata.internal/']) {
      expect(await bench.checkMessages(url)).toEqual(
        jasmine.objectContaining({ cause: 'not-local', addresses: [], durationMs: null }),
      );
    }
  });

  it('is for people who are signed in', async () => {
    const stranger = new TestBrowser(bench.world.bridge.origin);

    expect((await stranger.post(`/api/installations/${bench.appId}/check`)).status).toBe(401);
  });

  it('checks apps of the own account only', async () => {
    expect((await bench.browser.post('/api/installations/nobodys/check')).problem().code).toBe('unknown-app');
  });

  it('has a measure: one at a time, and so many a minute', async () => {
    const path = `/api/installations/${bench.appId}/check`;
    const together = await Promise.all([bench.browser.post(path), bench.browser.post(path)]);
    expect(together.map(({ status }) => status).sort()).toEqual([200, 429]);

    const statuses = [];
    for (let turn = 0; turn < 12; turn += 1) statuses.push((await bench.browser.post(path)).status);
    const last = await bench.browser.post(path);

    expect(statuses.filter((status) => status === 200).length).toBe(11);
    expect(last.problem().code).toBe('too-many-requests');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('keeps the secret to itself', async () => {
    const { clientSecret } = (await bench.browser.post(`/api/installations/${bench.appId}/secret`))
      .body as InstallationSecret;

    expect(JSON.stringify(await bench.check())).not.toContain(String(clientSecret));
  });
});

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
