import { TestBrowser } from '../../testing/browser.ts';
import { startWorld, type World } from '../../testing/start-world.ts';

describe('the session', () => {
  const hour = 60 * 60 * 1000;
  let now = Date.now();
  let world: World;
  let browser: TestBrowser;
  beforeEach(async () => {
    now = Date.now();
    world = await startWorld({ config: { streamsPerSession: 1 }, parts: { now: () => now } });
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

  it('before a new sign-in is gone in the cloud too, and its streams end', async () => {
    await browser.signInToDemo();
    using events = browser.events();
    await events.event('caught-up');

    await browser.signInToDemo();
    const logout = () => world.wire.seen.find(({ url }) => url.includes('/logout'));
    while (logout() === undefined) await browser.get('/health');

    expect(logout()?.headers.authorization).toMatch(/^Bearer /);
    expect((await events.event('signed-out')).data).toEqual({ reason: 'signed-out' });
    expect((await browser.get('/api/installations')).status).toBe(200);
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

  it('is not prolonged by who asks whether there would be a stream, nor by a stream that is refused', async () => {
    await browser.signInToDemo();
    using stream = browser.events();
    await stream.event('caught-up');
    now += 2 * hour - 60_000;

    expect((await browser.get('/api/events?peek')).status).toBe(429);
    expect((await browser.get('/api/events')).status).toBe(429);

    expect((await browser.get('/api/session?peek')).body).toEqual(
      jasmine.objectContaining({ expiresInMs: 60_000 }),
    );
  });

  it('is told to be over to who asks for a stream', async () => {
    expect((await browser.get('/api/events?peek')).problem().code).toBe('not-signed-in');
    await browser.signInToDemo();
    now += 2 * hour;

    expect((await browser.get('/api/events?peek')).problem().code).toBe('session-expired');
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

  it('is not ended by an address that somebody follows', async () => {
    await browser.signInToDemo();

    expect((await browser.get('/api/sign-out')).status).toBe(404);
    expect((await browser.get('/api/messaging')).status).toBe(200);
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
