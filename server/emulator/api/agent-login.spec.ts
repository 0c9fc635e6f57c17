import { DEMO_ADMINISTRATOR, DEMO_AGENT, DEMO_API_USER, DEMO_BLOCKED, DEMO_LPA } from '../state/seed.ts';
import type { Answer } from '../testing/answer.ts';
import { ShiftedClock, startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const HOURS_8_MS = 28_800_000;

describe('The login service (§2)', () => {
  let cloud: TestCloud;
  let clock: ShiftedClock;
  beforeEach(async () => {
    clock = new ShiftedClock();
    cloud = await startTestCloud({ clock });
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const login = (path = '/login?v=1.3', body: unknown = credentials(DEMO_ADMINISTRATOR)): Promise<Answer> =>
    cloud.caller.post(cloud.caller.path(path), body);
  const credentials = (user: typeof DEMO_ADMINISTRATOR): object => ({
    username: user.loginName,
    password: user.password,
  });
  const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const withSession = (path: string, { answer, csrf }: { answer: Answer; csrf?: string }): Promise<Answer> =>
    cloud.caller.post(
      cloud.caller.path(path),
      { csrf: csrf ?? answer.textAt('csrf') },
      { cookie: cookieOf(answer) },
    );

  it('answers with bearer, ids, privileges and the directory (§2.1)', async () => {
    const answer = await login();

    expect(answer.status).toBe(200);
    expect(answer.textAt('bearer')).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.at('sessionTTl')).toBe('28800000');
    expect(answer.at('config')).toEqual(
      jasmine.objectContaining({
        loginName: 'admin',
        isAdmin: true,
        isLPA: false,
        userPrivileges: [100, 101, 1700],
      }),
    );
    expect(answer.textAt('config', 'userId')).toMatch(/^\d{10}$/);
    expect(answer.textAt('config', 'userPid')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/,
    );
    expect(answer.at('csdsCollectionResponse', 'baseURIs', 0, 'account')).toBe('demo');
    expect(answer.at('accountData', 'agentGroupsData', 'items', 0, 'name')).toBe('Main Group');
    expect(cookieOf(answer)).toMatch(/^Session_id=.{20,}$/);
  });

  it('accepts other versions of 1 and none at all, and refuses the rest (§2.1)', async () => {
    expect((await login('/login')).status).toBe(200);
    expect((await login('/login?v=1.2')).status).toBe(200);
    expect((await login('/login?v=2.0')).status).toBe(400);
  });

  it('gives a user the same ids at every login, and each account its own (§11.5)', async () => {
    const idOf = async (account: string): Promise<unknown> =>
      (await cloud.caller.post(`/api/account/${account}/login`, credentials(DEMO_AGENT))).at(
        'config',
        'userPid',
      );

    expect(await idOf('demo')).toBe(await idOf('demo'));
    expect(await idOf('demo')).not.toBe(await idOf('demo7'));
  });

  it('tells who is administrator, who is of the staff and who is neither (§2.1)', async () => {
    const rights = async (user: typeof DEMO_ADMINISTRATOR): Promise<unknown[]> => {
      const answer = await login('/login', credentials(user));
      return [answer.at('config', 'isAdmin'), answer.at('config', 'isLPA')];
    };

    expect(await rights(DEMO_ADMINISTRATOR)).toEqual([true, false]);
    expect(await rights(DEMO_AGENT)).toEqual([false, false]);
    expect(await rights(DEMO_LPA)).toEqual([false, true]);
  });

  it('refuses wrong credentials with 401 in the error envelope (§2.1)', async () => {
    for (const [username, password] of [
      ['admin', 'wrong'],
      ['nobody', 'demo-admin'],
      ['sam', 'null'],
      ['admin', 'demo-agent'],
    ]) {
      const answer = await login('/login', { username, password });
      expect(answer.status).withContext(`${username}/${password}`).toBe(401);
      expect(answer.at('error')).toEqual({
        time: jasmine.stringMatching(/^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/),
        message: 'Login failed',
        internalCode: 1,
        responseStatus: 'UNAUTHORIZED',
      });
    }
  });

  it('refuses a user on the block list with 451, but only with its password (§2.1)', async () => {
    const blocked = await login('/login?v=1.3', credentials(DEMO_BLOCKED));
    expect([blocked.status, blocked.at('error', 'responseStatus')]).toEqual([
      451,
      'UNAVAILABLE_FOR_LEGAL_REASONS',
    ]);
    expect(blocked.headers.getSetCookie()).toEqual([]);

    const guessed = await login('/login?v=1.3', credentials({ ...DEMO_BLOCKED, password: 'guess' }));
    expect(guessed.status).toBe(401);
  });

  it('refuses a malformed login with 400 (§2.1)', async () => {
    for (const body of ['{', '[]', {}, { username: 'admin' }, { username: 'admin', password: 7 }]) {
      const path = cloud.caller.path('/login');
      const answer = await cloud.caller.post(path, body, { 'content-type': 'application/json' });
      expect(answer.status).withContext(JSON.stringify(body)).toBe(400);
      expect(answer.at('error', 'responseStatus')).toBe('BAD_REQUEST');
    }
  });

  it('says that sign-in by a SAML assertion is not modelled: there is nobody who could vouch (§2.1)', async () => {
    const answer = await login('/login', { jwt: 'dummy', assertion: 'PHNhbWw+' });

    expect(answer.status).toBe(501);
    expect(answer.at('error', 'missing')).toBe('login by SAML assertion');
  });

  describe('signs an API user in by its keys (§2.1)', () => {
    const { loginName: username, apiKeys } = DEMO_API_USER;
    const dummies = { accessToken: 'dummy', accessTokenSecret: 'dummy' };

    for (const [what, body] of [
      ['all four', { username, ...apiKeys }],
      ['OAuth 2 client credentials, and the word dummy for the rest', { username, ...apiKeys, ...dummies }],
    ] as const) {
      it(`with ${what}`, async () => {
        const answer = await login('/login?v=1.3', body);

        expect(answer.status).toBe(200);
        expect(answer.at('config', 'loginName')).toBe(username);
        expect(answer.at('config', 'isAdmin')).toBe(false);
        expect((await withSession('/refresh?v=1.3', { answer })).status).toBe(200);
      });
    }

    for (const [what, status, change] of [
      ['a wrong secret', 401, { secret: 'wrong' }],
      ['a wrong key', 401, { appKey: 'wrong' }],
      ['another token', 401, { accessToken: 'wrong' }],
      ['another token secret', 401, { accessTokenSecret: 'wrong' }],
      ['keys of somebody else', 401, { username: 'admin' }],
      ['a password instead of keys', 401, { password: 'demo-bot', appKey: undefined }],
      ['a key that is missing', 400, { accessTokenSecret: undefined }],
      ['a key that is no text', 400, { secret: 7 }],
    ] as const) {
      it(`but not with ${what}`, async () => {
        expect((await login('/login?v=1.3', { username, ...apiKeys, ...change })).status).toBe(status);
      });
    }
  });

  it('knows no other account (§14.2 #1)', async () => {
    const answer = await cloud.caller.post('/api/account/64467156/login', credentials(DEMO_ADMINISTRATOR));

    expect(answer.status).toBe(404);
  });

  it('refreshes a session with its cookie and CSRF token, and answers nothing (§2.2)', async () => {
    const answer = await login();

    const refreshed = await withSession('/refresh?v=1.3', { answer });

    expect([refreshed.status, refreshed.text]).toEqual([200, '']);
  });

  it('prolongs a session by every use and ends it after eight idle hours (§2.1, §2.2)', async () => {
    const answer = await login();
    clock.forward(HOURS_8_MS - 60_000);
    expect((await withSession('/refresh', { answer })).status).toBe(200);
    clock.forward(HOURS_8_MS - 60_000);
    expect((await withSession('/refresh', { answer })).status).toBe(200);

    clock.forward(HOURS_8_MS);

    expect((await withSession('/refresh', { answer })).status).toBe(401);
  });

  it('refuses a wrong CSRF token in the documented words (§2.1)', async () => {
    const answer = await login();

    const refused = await withSession('/refresh', { answer, csrf: 'wrong' });

    expect(refused.status).toBe(401);
    expect(refused.at('error', 'internalCode')).toBe(10);
    expect(refused.textAt('error', 'message')).toMatch(/^CSRF token invalid!/);
  });

  it('refuses to refresh without the cookie (§2.2)', async () => {
    const answer = await login();

    const refused = await cloud.caller.post(cloud.caller.path('/refresh'), { csrf: answer.textAt('csrf') });

    expect(refused.status).toBe(401);
  });

  it('ends the session and its bearer at logout (§2.3)', async () => {
    const answer = await login();
    const headers = { authorization: `Bearer ${answer.textAt('bearer')}` };
    expect((await cloud.caller.call(cloud.caller.installationsPath(), { headers })).status).toBe(200);

    expect((await withSession('/logout?v=1.3', { answer })).status).toBe(200);

    expect((await cloud.caller.call(cloud.caller.installationsPath(), { headers })).status).toBe(401);
    expect((await withSession('/refresh', { answer })).status).toBe(401);
  });
});

describe('The features of an account (§3)', () => {
  const GRANTS = '/configuration/provision/featureGrants';

  it('list asynchronous messaging where the documented client reads it', async () => {
    await using cloud = await startTestCloud();
    const { caller } = cloud;

    const answer = await caller.call(caller.path(`${GRANTS}?v=1.0&excludeLegacy=true&jsonProvider=gson`), {
      headers: await caller.bearer(DEMO_AGENT),
    });

    expect(
      answer.at('appDataList', 0, 'accountList', 'accountList', 0, 'itemsCollection', 'data', 0),
    ).toEqual(
      jasmine.objectContaining({
        compoundFeatureID: 'Common.Async_Messaging',
        value: { type: 'system', value: true },
      }),
    );
  });

  it('can be switched, and are told so here and at the next login (§2.1, §3)', async () => {
    await using cloud = await startTestCloud();
    const body = { features: { 'Common.Async_Messaging': false, 'Common.Other': true } };
    const headers = await cloud.caller.bearer();
    await cloud.caller.call('/emulator/control/accounts/demo', { method: 'PATCH', body });
    const valuesOf = (list: unknown): unknown =>
      (list as { compoundFeatureID: string; value: { value: boolean } }[]).map(
        ({ compoundFeatureID, value }) => `${compoundFeatureID} ${value.value}`,
      );

    const grants = await cloud.caller.call(cloud.caller.path(`${GRANTS}?v=1.0`), { headers });
    const login = await cloud.caller.signIn(DEMO_ADMINISTRATOR.loginName, DEMO_ADMINISTRATOR.password);

    const expected = [
      'Common.Async_Messaging false',
      'Common.LiveEngage_2_Unified_window true',
      'Common.Other true',
    ];
    const list = grants.at('appDataList', 0, 'accountList', 'accountList', 0, 'itemsCollection', 'data');
    expect(valuesOf(list)).toEqual(expected);
    expect(valuesOf(login.at('accountData', 'provisionData', 'features'))).toEqual(expected);
  });

  it('are refused without a bearer, with a stale one and with another account’s', async () => {
    await using cloud = await startTestCloud();
    const { caller } = cloud;
    const foreign = (
      await caller.post('/api/account/demo2/login', { username: 'admin', password: 'demo-admin' })
    ).textAt('bearer');

    for (const authorization of ['', 'Bearer 0123', `Bearer ${foreign}`]) {
      const answer = await caller.call(caller.path(`${GRANTS}?v=1.0`), { headers: { authorization } });
      expect(answer.status).withContext(authorization).toBe(401);
      expect(answer.at('error', 'responseStatus')).toBe('UNAUTHORIZED');
    }
  });
});
