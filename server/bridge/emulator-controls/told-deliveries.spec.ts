import type { EmulatorDeliveries } from '#protocol/emulator-controls';

import { eventually } from '../../emulator/testing/control-caller.ts';
import { startLoopbackServer, type LoopbackServer } from '../../emulator/testing/loopback-server.ts';
import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';
import type { ToldDelivery } from '../upstream/emulator-control-client.ts';
import { deliveriesFor } from './told-deliveries.ts';

describe('the emulator’s deliveries, asked for through the bridge', () => {
  let world: World;
  let endpoint: LoopbackServer;
  let browser: TestBrowser;
  let status = 500;
  beforeEach(async () => {
    status = 500;
    endpoint = await startLoopbackServer((request, response) => {
      request.resume();
      response.writeHead(status).end();
    });
    world = await startWorld({ emulator: { webhookUrl: () => `${endpoint.origin}/hook?password=hidden` } });
    browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    await endpoint[Symbol.asyncDispose]();
  });

  const told = async (query = '') =>
    (await browser.get(`/api/emulator/deliveries${query}`)).body as EmulatorDeliveries;
  const openAndWait = async (most: number) => {
    await browser.openConversation();
    await eventually(async () => (await told()).deliveries.length >= most);
  };

  it('tell what somebody’s own endpoint answered, with secrets masked', async () => {
    expect((await told()).deliveries).toEqual([]);
    await openAndWait(1);

    const { deliveries } = await told('?failed=true');
    expect(deliveries.at(-1)).toEqual(jasmine.objectContaining({ attempt: 1, status: 500, reason: null }));
    expect(deliveries.at(-1)?.endpoint).toBe(`${endpoint.origin}/hook?password=•••`);
    expect(JSON.stringify(await told())).not.toContain('hidden');
  });

  it('leave out what was taken when only failures are wanted', async () => {
    status = 200;
    await openAndWait(1);

    expect((await told()).deliveries[0]).toEqual(
      jasmine.objectContaining({ outcome: 'delivered', status: 200 }),
    );
    expect((await told('?failed=true')).deliveries).toEqual([]);
  });

  it('are there for nobody who is not signed in, and switch nothing on for another site', async () => {
    const stranger = new TestBrowser(world.bridge.origin);
    expect((await stranger.get('/api/emulator/deliveries')).problem().code).toBe('not-signed-in');
    const { id } = await browser.connectorApp();
    const path = `/api/emulator/apps/${id}/switch-on`;
    expect((await stranger.post(path, {})).problem().code).toBe('not-signed-in');
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await browser.call('POST', path, { headers })).problem().code).toBe('cross-site');
    expect((await browser.post(path, {})).status).toBe(204);
  });
});

const tried = (number: number, more: Partial<ToldDelivery> = {}): ToldDelivery => ({
  ...{
    id: `run-${number}`,
    number,
    at: number,
    delivery: number,
    app: 'a',
    eventType: 'ms.MessagingEventNotification.ContentEvent',
  },
  ...{ endpoint: 'http://localhost:9000/', attempt: 1, outcome: 'failed', status: 500, reason: null },
  ...{ durationMs: 3, nextAt: 30_000, redelivery: null, isKept: true, ...more },
});

describe('what is told of deliveries', () => {
  it('is the latest 50, newest first', () => {
    const deliveries = Array.from({ length: 60 }, (_, at) => tried(at + 1));

    const told = deliveriesFor({ deliveries, apps: [], isFailedOnly: false }).deliveries;
    expect(told.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, at) => `run-${60 - at}`));
  });

  it('names the app of each try; one that is installed no more goes by its key', () => {
    const standing = { phase: 'UP', nextAt: null, waiting: 0, endpoints: [] };
    const apps = [{ ...standing, app: 'a', name: 'First shop' }];
    const deliveries = [tried(1), tried(2, { app: 'gone' })];

    const told = deliveriesFor({ deliveries, apps, isFailedOnly: false }).deliveries;
    expect(told.map(({ app }) => app)).toEqual([
      { id: 'gone', name: 'gone' },
      { id: 'a', name: 'First shop' },
    ]);
  });

  it('leaves out what arrived and what the app does not want any more, where only failures are asked for', () => {
    const outcomes = ['delivered', 'unwanted', 'failed', 'lost', 'expired'] as const;
    const deliveries = outcomes.map((outcome, at) => tried(at + 1, { delivery: at + 1, outcome }));

    const told = deliveriesFor({ deliveries, apps: [], isFailedOnly: true }).deliveries;

    expect(told.map(({ outcome }) => outcome)).toEqual(['expired', 'lost', 'failed']);
  });

  it('says of each try whether another has followed, instead of when it will', () => {
    const deliveries = [tried(1), tried(2, { delivery: 1, attempt: 2 })];

    expect(deliveriesFor({ deliveries, apps: [], isFailedOnly: true }).deliveries).toEqual([
      jasmine.objectContaining({ id: 'run-2', nextAt: 30_000, isTriedAgain: false }),
      jasmine.objectContaining({ id: 'run-1', nextAt: null, isTriedAgain: true }),
    ]);
  });

  it('says that a webhook was given up, and counts no try for that', () => {
    const ended = { endpoint: null, status: null, nextAt: null };
    const deliveries = [
      tried(1),
      tried(2, { delivery: 1, attempt: 2 }),
      tried(3, { ...ended, delivery: 1, attempt: 2, outcome: 'expired' }),
      tried(4, { ...ended, attempt: 0, outcome: 'unwanted' }),
    ];

    const told = deliveriesFor({ deliveries, apps: [], isFailedOnly: false }).deliveries;
    expect(told).toEqual([
      jasmine.objectContaining({ attempt: null, isTriedAgain: false, isGivenUp: false }),
      jasmine.objectContaining({ attempt: null, isTriedAgain: false, isGivenUp: false }),
      jasmine.objectContaining({ attempt: 2, isTriedAgain: false, isGivenUp: true, nextAt: null }),
      jasmine.objectContaining({ attempt: 1, isTriedAgain: true, nextAt: null }),
    ]);
  });

  it('finds nothing wrong with an endpoint that is on again for what was kept back while it was off', () => {
    const endpoint = 'http://l/1';
    const app = { app: 'a', name: 'A', phase: 'UP', nextAt: null, waiting: 0 };
    const apps = [{ ...app, endpoints: [{ endpoint, slowSince: null, isSwitchedOff: false }] }];
    const off = tried(1, { endpoint, outcome: 'lost', status: null, reason: 'switched-off' });

    expect(deliveriesFor({ deliveries: [off], apps, isFailedOnly: false }).apps).toEqual([]);
    const refused = tried(2, { endpoint, outcome: 'lost', status: null, reason: 'refused' });
    expect(deliveriesFor({ deliveries: [off, refused], apps, isFailedOnly: false }).apps.length).toBe(1);
  });

  it('counts a redelivery apart: what waits for its next try still does', () => {
    const asked = { delivery: 1, outcome: 'lost', redelivery: 1, nextAt: null } as const;
    const deliveries = [tried(1), tried(2, asked), tried(3, { ...asked, redelivery: 2, isKept: false })];

    const told = deliveriesFor({ deliveries, apps: [], isFailedOnly: false }).deliveries;
    expect(
      told.map(({ redelivery, attempt, nextAt, isKept }) => [redelivery, attempt, nextAt, isKept]),
    ).toEqual([
      [2, null, null, false],
      [1, null, null, true],
      [null, 1, 30_000, true],
    ]);
    expect(told.some(({ isTriedAgain, isGivenUp }) => isTriedAgain || isGivenUp)).toBeFalse();
  });

  it('says of the cloud’s own tries which redelivery was the first to be taken, and when', () => {
    const asked = { delivery: 1, nextAt: null } as const;
    const taken = { ...asked, outcome: 'delivered', status: 200 } as const;
    const deliveries = [
      tried(1, { outcome: 'lost', nextAt: null }),
      tried(2, { outcome: 'lost', nextAt: null }),
      tried(3, { ...asked, redelivery: 1, outcome: 'lost' }),
      tried(4, { ...taken, redelivery: 2 }),
      tried(5, { ...taken, redelivery: 3 }),
      tried(6, { delivery: 2, redelivery: 1, outcome: 'lost', nextAt: null }),
    ];

    for (const isFailedOnly of [false, true]) {
      const told = deliveriesFor({ deliveries, apps: [], isFailedOnly }).deliveries;
      expect(told.map(({ redelivered }) => redelivered)).toEqual([
        ...[null, null, null, null, null],
        { redelivery: 2, at: 4 },
      ]);
    }
  });

  it('judges an endpoint by the cloud’s own tries, whatever came of a redelivery', () => {
    const app = { app: 'a', name: 'A', phase: 'UP', nextAt: null, waiting: 0 };
    const standing = { slowSince: null, isSwitchedOff: false };
    const [taking, refusing] = ['http://l/1', 'http://l/2'] as const;
    const apps = [{ ...app, endpoints: [taking, refusing].map((endpoint) => ({ endpoint, ...standing })) }];
    const taken = { outcome: 'delivered', status: 200 } as const;
    const deliveries = [
      tried(1, { endpoint: taking, ...taken }),
      tried(2, { endpoint: refusing }),
      tried(3, { endpoint: taking, delivery: 1, redelivery: 1, outcome: 'lost' }),
      tried(4, { endpoint: refusing, delivery: 2, redelivery: 1, ...taken }),
    ];

    const told = deliveriesFor({ deliveries, apps, isFailedOnly: false }).apps;
    expect(told.flatMap(({ endpoints }) => endpoints)).toEqual([
      { endpoint: refusing, trouble: 'failing', status: 500, reason: null },
    ]);
  });

  it('has what was redelivered among what failed, also when it arrived', () => {
    const arrived = { outcome: 'delivered', status: 200, nextAt: null } as const;
    const deliveries = [tried(1, arrived), tried(2, { ...arrived, delivery: 1, redelivery: 1 })];

    const told = deliveriesFor({ deliveries, apps: [], isFailedOnly: true }).deliveries;
    expect(told.map(({ id }) => id)).toEqual(['run-2']);
  });

  it('tells no time for a failing app that nothing waits for', () => {
    const app = { app: 'a', name: 'A', phase: 'FAILED', nextAt: 9, waiting: 0, endpoints: [] };

    const { apps } = deliveriesFor({
      deliveries: [],
      apps: [app, { ...app, waiting: 1 }],
      isFailedOnly: false,
    });
    expect(apps.map(({ nextAt }) => nextAt)).toEqual([null, 9]);
  });

  it('names the apps in trouble only, and what is wrong with each endpoint once', () => {
    const at = (endpoint: string, more = {}) => ({
      endpoint,
      slowSince: null,
      isSwitchedOff: false,
      ...more,
    });
    const app = { app: 'a', name: 'A', phase: 'UP', nextAt: null, waiting: 0, endpoints: [at('http://l/1')] };
    const endpoints = [
      ...[at('http://l/2', { slowSince: 7 }), at('http://l/2', { slowSince: 7 })],
      ...[at('http://l/3', { slowSince: 7, isSwitchedOff: true }), at('http://l/4'), at('http://l/5')],
    ];
    const apps = [
      app,
      { ...app, app: 'b', endpoints },
      { ...app, app: 'c', phase: 'FAILED', nextAt: 9, waiting: 1 },
    ];
    const deliveries = [
      tried(1, { app: 'b', endpoint: 'http://l/4' }),
      tried(2, { app: 'b', endpoint: 'http://l/5' }),
      tried(3, { app: 'b', endpoint: 'http://l/5', outcome: 'delivered', status: 200 }),
    ];

    const told = deliveriesFor({ deliveries, apps, isFailedOnly: true }).apps;
    expect(told.map(({ id, isFailing, nextAt }) => [id, isFailing, nextAt])).toEqual([
      ['b', false, null],
      ['c', true, 9],
    ]);
    expect(told[0]?.endpoints).toEqual([
      { endpoint: 'http://l/2', trouble: 'slow', status: null, reason: null },
      { endpoint: 'http://l/3', trouble: 'switched-off', status: null, reason: null },
      { endpoint: 'http://l/4', trouble: 'failing', status: 500, reason: null },
    ]);
  });
});
