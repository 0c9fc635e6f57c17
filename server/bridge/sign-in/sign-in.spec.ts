import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SignedInUser } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { partsFor, startWorld, type World } from '../../testing/start-world.ts';

const ADMIN = { account: 'demo', loginName: 'admin', password: 'demo-admin' };

describe('signing in', () => {
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    world = await startWorld();
    browser = new TestBrowser(world.bridge.origin);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  it('answers who is signed in, without any credential', async () => {
    const answer = await browser.post('/api/sign-in', ADMIN);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      account: 'demo',
      userId: jasmine.any(String),
      loginName: 'admin',
      isEmulated: true,
      environmentHost: new URL(world.wire.origin).host,
      expiresAt: jasmine.any(Number),
    });
    expect((await browser.get('/api/session')).body).toEqual({
      user: { ...(answer.body as SignedInUser), expiresAt: jasmine.any(Number) },
      expiresInMs: jasmine.any(Number),
    });
  });

  it('takes no credential for the demo', async () => {
    const answer = await browser.post('/api/sign-in/demo');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(jasmine.objectContaining({ account: 'demo', loginName: 'admin' }));
  });

  it('tells that nobody is signed in', async () => {
    expect((await browser.get('/api/session')).body).toEqual({ user: null });
    expect((await browser.get('/api/installations')).problem().code).toBe('not-signed-in');
  });

  const refusals = [
    {
      what: 'a wrong password',
      request: { ...ADMIN, password: 'nope' },
      status: 401,
      code: 'wrong-credentials',
    },
    {
      what: 'an unknown login name',
      request: { ...ADMIN, loginName: 'nobody' },
      status: 401,
      code: 'wrong-credentials',
    },
    {
      what: 'someone who is no administrator',
      request: { ...ADMIN, loginName: 'agent', password: 'demo-agent' },
      ...{ status: 403, code: 'not-administrator' },
    },
  ] as const;
  for (const { what, request, status, code } of refusals) {
    it(`refuses ${what} as ${code} and opens no session`, async () => {
      const answer = await browser.post('/api/sign-in', request);

      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.problem()).toEqual(jasmine.objectContaining({ code, status }));
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect((await browser.get('/api/session')).body).toEqual({ user: null });
    });
  }

  it('admits staff of LivePerson, who are no administrators', async () => {
    const answer = await browser.post('/api/sign-in', { ...ADMIN, loginName: 'lpa', password: 'demo-lpa' });

    expect(answer.status).toBe(200);
  });

  it('ends the session in the cloud of someone who is not let in', async () => {
    await browser.post('/api/sign-in', { ...ADMIN, loginName: 'agent', password: 'demo-agent' });

    expect(world.wire.seen.some(({ url }) => url.includes('/logout'))).toBeTrue();
  });

  it('names the fields that are missing', async () => {
    const answer = await browser.post('/api/sign-in', { account: '', loginName: 'admin', extra: 1 });

    expect(answer.status).toBe(400);
    expect(
      answer
        .problem()
        .fields?.map(({ path }) => path)
        .sort(),
    ).toEqual(['account', 'extra', 'password']);
  });

  it('refuses an account number that would change the path', async () => {
    const answer = await browser.post('/api/sign-in', { ...ADMIN, account: '../x' });

    expect(answer.problem().code).toBe('invalid-request');
    expect(world.wire.seen).toEqual([]);
  });

  const clouds = [
    {
      what: 'an account the directory does not know',
      when: '/service/',
      status: 404,
      code: 'unknown-account',
    },
    { what: 'a directory that fails', when: '/service/', status: 500, code: 'directory-unreachable' },
    { what: 'a blocked user', when: '/login', status: 451, code: 'account-locked' },
    { what: 'a throttled login', when: '/login', status: 429, code: 'upstream-throttled' },
  ] as const;
  for (const { what, when, status, code } of clouds) {
    it(`tells of ${what} as ${code}`, async () => {
      world.wire.interfere(({ url }) =>
        url.includes(when) ? { kind: 'answer', status, headers: { 'retry-after': '30' } } : { kind: 'pass' },
      );

      expect((await browser.post('/api/sign-in', ADMIN)).problem().code).toBe(code);
    });
  }

  it('tells of an account without a login service', async () => {
    const body = {
      baseURIs: [{ service: 'sentinel', account: 'demo', baseURI: new URL(world.wire.origin).host }],
    };
    world.wire.interfere(() => ({ kind: 'answer', status: 200, body }));

    expect((await browser.post('/api/sign-in', ADMIN)).problem().code).toBe('service-missing');
  });

  it('tells of a directory whose answer makes no sense', async () => {
    world.wire.interfere(() => ({ kind: 'answer', status: 200, body: '<html>captive portal</html>' }));

    expect((await browser.post('/api/sign-in', ADMIN)).problem().code).toBe('directory-unreachable');
  });

  it('never follows a directory that leads an emulated account elsewhere', async () => {
    const elsewhere = [
      'example.com',
      'va.agentvep.liveperson.net',
      `x@${new URL(world.wire.origin).host}`,
      '127.0.0.1:1',
    ];
    for (const baseURI of elsewhere) {
      const body = { baseURIs: [{ service: 'agentVep', account: 'demo', baseURI }] };
      world.wire.interfere(() => ({ kind: 'answer', status: 200, body }));

      expect((await browser.post('/api/sign-in', ADMIN)).problem().code).toBe('service-missing');
    }
  });
});

describe('a bridge without an emulator', () => {
  it('says that the demo is off and calls nobody', async () => {
    await using bridge = await startTestBridge();
    const browser = new TestBrowser(bridge.origin);

    expect((await browser.post('/api/sign-in/demo')).problem().code).toBe('demo-unavailable');
    expect((await browser.post('/api/sign-in', ADMIN)).problem().code).toBe('demo-unavailable');
    expect((await browser.get('/api/about')).body).toEqual(jasmine.objectContaining({ emulator: null }));
  });

  it('tells of a directory that is not there', async () => {
    await using bridge = await startTestBridge({ directoryOriginOf: () => 'http://127.0.0.1:1' });
    const browser = new TestBrowser(bridge.origin);

    const problem = (await browser.post('/api/sign-in', { ...ADMIN, account: '64467156' })).problem();

    expect(problem.code).toBe('directory-unreachable');
    expect(problem.detail).toContain('connection refused');
  });
});

describe('the session', () => {
  const hour = 60 * 60 * 1000;
  let now = Date.now();
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    now = Date.now();
    world = await startWorld({ parts: { now: () => now } });
    browser = new TestBrowser(world.bridge.origin);
  });
  afterEach(() => world[Symbol.asyncDispose]());

  it('is a cookie that scripts cannot read and other sites cannot send', async () => {
    const [cookie] = (await browser.post('/api/sign-in/demo')).headers.getSetCookie();

    expect(cookie).toMatch(/^bridge_session=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
  });

  it('is Secure behind a proxy that ends TLS', async () => {
    const answer = await browser.call('POST', '/api/sign-in/demo', {
      headers: { 'x-forwarded-proto': 'https' },
    });

    expect(answer.headers.getSetCookie().join()).toContain('Secure');
  });

  it('gets a new id at each sign-in, and the old one is worth nothing', async () => {
    await browser.signInToDemo();
    const old = browser.cookieHeader;
    await browser.signInToDemo();

    expect(browser.cookieHeader).not.toEqual(old);
    const answer = await new TestBrowser(world.bridge.origin).call('GET', '/api/messaging', { headers: old });
    expect(answer.problem().code).toBe('session-expired');
  });

  it('ends after two hours without use', async () => {
    await browser.signInToDemo();
    now += 2 * hour - 1000;
    expect((await browser.get('/api/messaging')).status).toBe(200);
    now += 2 * hour - 1000;
    expect((await browser.get('/api/messaging')).status).toBe(200);
    now += 2 * hour;

    const answer = await browser.get('/api/messaging');

    expect(answer.status).toBe(401);
    expect(answer.problem().code).toBe('session-expired');
  });

  it('tells how long it has left without being prolonged by that, and is prolonged by asking plainly', async () => {
    await browser.signInToDemo();
    now += 2 * hour - 60_000;

    expect((await browser.get('/api/session?peek')).body).toEqual(
      jasmine.objectContaining({ expiresInMs: 60_000 }),
    );
    now += 1_000;
    expect((await browser.get('/api/session?peek')).body).toEqual(
      jasmine.objectContaining({ expiresInMs: 59_000 }),
    );
    expect((await browser.get('/api/session')).body).toEqual(
      jasmine.objectContaining({ expiresInMs: 2 * hour }),
    );
    now += 2 * hour;
    expect((await browser.get('/api/session?peek')).body).toEqual({ user: null });
  });

  it('ends after twelve hours however much it is used', async () => {
    await browser.signInToDemo();
    for (let hours = 0; hours < 11; hours += 1) {
      now += hour;
      expect((await browser.get('/api/session')).body).toEqual({
        user: jasmine.anything(),
        expiresInMs: jasmine.any(Number),
      });
    }
    now += hour;

    expect((await browser.get('/api/session')).body).toEqual({ user: null });
  });

  it('keeps the session in the cloud alive while it is used', async () => {
    await browser.signInToDemo();
    now += 6 * 60 * 1000;

    await browser.get('/api/session');
    await browser.get('/api/session');

    using events = browser.events();
    const refresh = await events.until(() =>
      events.of('exchange').find(({ request }) => request.url.includes('/refresh')),
    );
    expect(refresh.response?.status).toBe(200);
    expect(world.wire.seen.filter(({ url }) => url.includes('/refresh')).length).toBe(1);
  });

  it('is gone after signing out, here and in the cloud', async () => {
    await browser.signInToDemo();
    const cookie = browser.cookieHeader;

    const answer = await browser.post('/api/sign-out');

    expect(answer.status).toBe(204);
    expect(browser.cookieHeader).toEqual({});
    const logout = world.wire.seen.find(({ url }) => url.includes('/logout'));
    expect(logout?.headers.cookie).toMatch(/Session_id=/i);
    const again = await new TestBrowser(world.bridge.origin).call('GET', '/api/messaging', {
      headers: cookie,
    });
    expect(again.problem().code).toBe('session-expired');
  });

  it('ends here even when the cloud cannot be told', async () => {
    await browser.signInToDemo();
    world.wire.interfere(() => ({ kind: 'answer', status: 500 }));

    expect((await browser.post('/api/sign-out')).status).toBe(204);
    expect((await browser.get('/api/session')).body).toEqual({ user: null });
  });

  it('may be signed out of when there is none', async () => {
    expect((await browser.post('/api/sign-out')).status).toBe(204);
  });

  it('ends with the session in the cloud, on every tab', async () => {
    await browser.signInToDemo();
    using events = browser.events();
    await events.event('caught-up');
    world.wire.interfere(() => ({ kind: 'answer', status: 401 }));

    const answer = await browser.get('/api/installations');

    expect(answer.status).toBe(401);
    expect(answer.problem().code).toBe('upstream-session-ended');
    expect((await events.event('signed-out')).data).toEqual({ reason: 'expired' });
    expect((await browser.get('/api/session')).body).toEqual({ user: null });
  });
});

describe('a bridge that starts again', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'restart-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('still knows who is signed in, and keeps no credential readable on disk', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    const login = world.wire.seen.find(({ url }) => url.includes('/login'));
    await browser.get('/api/installations');
    const bearer = String(
      world.wire.seen.find(({ url }) => url.includes('/installations'))?.headers.authorization,
    );
    await world.bridge[Symbol.asyncDispose]();

    await using again = await startTestBridge(partsFor(world.wire.origin), { dataDir });
    const answer = await new TestBrowser(again.origin).call('GET', '/api/messaging', {
      headers: browser.cookieHeader,
    });

    expect(answer.status).toBe(200);
    const disk = readFileSync(join(dataDir, 'bridge.sqlite')).toString('latin1');
    expect(login?.body).toContain('demo-admin');
    expect(bearer).toMatch(/^Bearer \w+/);
    expect(disk).not.toContain('demo-admin');
    expect(disk).not.toContain(bearer.slice('Bearer '.length));
    expect(disk).not.toContain(String(browser.cookieHeader['cookie']).slice('bridge_session='.length));
  });

  it('with another secret knows nobody', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    await world.bridge[Symbol.asyncDispose]();

    await using again = await startTestBridge(partsFor(world.wire.origin), {
      dataDir,
      sessionSecret: 'z'.repeat(40),
    });
    const answer = await new TestBrowser(again.origin).call('GET', '/api/session', {
      headers: browser.cookieHeader,
    });

    expect(answer.body).toEqual({ user: null });
  });

  it('without its emulator takes a demo session for none', async () => {
    await using world = await startWorld({ config: { dataDir } });
    const browser = new TestBrowser(world.bridge.origin);
    await browser.signInToDemo();
    await world.bridge[Symbol.asyncDispose]();

    await using again = await startTestBridge({}, { dataDir });
    const answer = await new TestBrowser(again.origin).call('GET', '/api/session', {
      headers: browser.cookieHeader,
    });

    expect(answer.body).toEqual({ user: null });
  });
});
