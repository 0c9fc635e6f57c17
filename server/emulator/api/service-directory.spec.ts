import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

describe('The service directory (§1)', () => {
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await startTestCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  const hostOf = (): string => new URL(cloud.emulator.origin).host;

  it('lists every service with account and bare host, as a caller can reach them (§1.2, App. B 1)', async () => {
    const { status, body } = await cloud.caller.call('/api/account/demo/service/baseURI.json?version=1.0');

    expect(status).toBe(200);
    const { baseURIs } = body as { baseURIs: { service: string; account: string; baseURI: string }[] };
    for (const service of [
      'agentVep',
      'accountConfigReadWrite',
      'accountConfigReadOnly',
      'sentinel',
      'idp',
      'asyncMessagingEnt',
      'facadeMsg',
      'msgHist',
      'swift',
    ]) {
      expect(baseURIs).toContain({ service, account: 'demo', baseURI: hostOf() });
    }
    expect(baseURIs.every(({ account }) => account === 'demo')).toBe(true);
  });

  it('answers one service with one entry (§1.1)', async () => {
    const { body } = await cloud.caller.call('/api/account/demo/service/idp/baseURI.json?version=1.0');

    expect(body).toEqual({ service: 'idp', account: 'demo', baseURI: hostOf() });
  });

  it('names the host by which the caller came (§1.2)', async () => {
    const { port } = cloud.emulator;
    const url = `http://localhost:${port}/api/account/demo/service/idp/baseURI.json?version=1.0`;

    const response = await fetch(url);

    expect(await response.json()).toEqual(jasmine.objectContaining({ baseURI: `localhost:${port}` }));
  });

  it('knows any account whose id starts with demo, and no other (§14.2 #1)', async () => {
    const statusOf = async (account: string): Promise<number> =>
      (await cloud.caller.call(`/api/account/${account}/service/baseURI.json?version=1.0`)).status;

    expect(await Promise.all(['demo', 'demo1', 'demo-2'].map(statusOf))).toEqual([200, 200, 200]);
    expect(await Promise.all(['64467156', 'le12345678', 'dem', 'demo%2F1'].map(statusOf))).toEqual([
      404, 404, 404, 404,
    ]);
  });

  it('knows service names only as they are written (§1.1)', async () => {
    const { status } = await cloud.caller.call('/api/account/demo/service/IDP/baseURI.json?version=1.0');

    expect(status).toBe(404);
  });

  it('wants version 1.0 (§1.1)', async () => {
    for (const query of ['', '?version=2.0', '?version=1.0&version=1.0']) {
      const { status } = await cloud.caller.call(`/api/account/demo/service/baseURI.json${query}`);
      expect(status).withContext(query).toBe(400);
    }
  });
});
