import type { SignedInUser } from '#protocol/bridge-api';

import { TestBrowser } from '../../testing/browser.ts';
import { startTestBridge } from '../../testing/start-bridge.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

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

  it('says who is no administrator, and of which account', async () => {
    const request = { ...ADMIN, loginName: 'agent', password: 'demo-agent' };

    expect((await browser.post('/api/sign-in', request)).problem().detail).toBe(
      '“agent” may sign in to account “demo” but is not its administrator: the login answered isAdmin: false.',
    );
  });

  it('admits staff of LivePerson, who are no administrators', async () => {
    const answer = await browser.post('/api/sign-in', { ...ADMIN, loginName: 'lpa', password: 'demo-lpa' });

    expect(answer.status).toBe(200);
  });

  it('hands a login name over whole, whatever is in it', async () => {
    await browser.post('/api/sign-in', { ...ADMIN, loginName: 'ad:min@example.com' });

    const login = world.wire.seen.find(({ url }) => url.includes('/login'));
    expect(JSON.parse(login?.body ?? '{}')).toEqual(
      jasmine.objectContaining({ username: 'ad:min@example.com', password: 'demo-admin' }),
    );
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

    const problem = (await browser.post('/api/sign-in', ADMIN)).problem();
    expect(problem.code).toBe('service-missing');
    expect(problem.upstream).toEqual(jasmine.objectContaining({ service: 'agentVep', status: null }));
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
    expect(problem.detail).toBe(
      'The directory at 127.0.0.1:1 cannot be reached: connection refused (ECONNREFUSED).',
    );
  });
});
