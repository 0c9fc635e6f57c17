import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';

import type { AppInstallation } from '#protocol/app-installation';

import { claimsOf, textAt, tokenHeaderOf } from '../testing/answer.ts';
import type { Answer } from '../testing/answer.ts';
import { Caller } from '../testing/caller.ts';
import { ShiftedClock, startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('The app token (§5.1)', () => {
  let cloud: TestCloud;
  let app: AppInstallation;
  beforeEach(async () => {
    cloud = await startTestCloud();
    app = await cloud.caller.app();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const secretOf = ({ client_secret }: AppInstallation): string => client_secret ?? '';
  const query = (more: Record<string, string> = {}): string =>
    new URLSearchParams({ v: '1.0', grant_type: 'client_credentials', ...more }).toString();
  const credentials = (): Record<string, string> => ({
    client_id: app.client_id,
    client_secret: secretOf(app),
  });
  const post = (path: string, body: string, headers: Record<string, string> = FORM): Promise<Answer> =>
    cloud.caller.post(cloud.caller.appTokenPath(path), body, headers);

  it('is an RS256 token of one hour that names account, app and scope', async () => {
    const answer = await cloud.caller.requestAppToken(app.client_id, secretOf(app));

    expect([answer.status, Object.keys(answer.body as object)]).toEqual([
      200,
      ['access_token', 'token_type'],
    ]);
    expect(answer.at('token_type')).toBe('Bearer');
    const token = answer.textAt('access_token');
    expect(tokenHeaderOf(token)).toEqual({ kid: 'appjwt-13-05-17', typ: 'JWT', alg: 'RS256' });
    const claims = claimsOf(token) as { exp: number; iat: number };
    expect(claims).toEqual({
      aud: 'demo',
      azp: app.client_id,
      scope: 'msg.consumer',
      iss: 'Sentinel',
      exp: jasmine.any(Number),
      iat: jasmine.any(Number),
    } as never);
    expect(claims.exp - claims.iat).toBe(3600);
  });

  it('is checked by anybody with the published keys', async () => {
    const token = await cloud.caller.appToken();
    const keys = (await cloud.caller.call('/.well-known/jwks.json')).body as JSONWebKeySet;

    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), { audience: 'demo' });

    expect(payload['azp']).toBe(app.client_id);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });

  it('is given for parameters in the query, in a form and under the name of JSON (§14.1 #5)', async () => {
    const form = new URLSearchParams(credentials()).toString();
    const json = { 'content-type': 'application/json' };

    expect((await post(query(credentials()), '')).status).toBe(200);
    expect((await post(query(), form)).status).toBe(200);
    expect((await post(query(), form, json)).status).toBe(200);
    expect((await post(query(), JSON.stringify(credentials()), json)).status).toBe(200);
    expect((await post('', new URLSearchParams(query(credentials())).toString())).status).toBe(200);
  });

  it('is refused with 401 for an unknown client, a wrong secret and a disabled app', async () => {
    const retired = await cloud.caller.app('Retired connector');
    for (const [id, secret] of [
      ['81fad476-88af-4d08-bc0e-20bc69439ed4', secretOf(app)],
      [app.client_id, 'rl9hacst6kqilbofup64n11ga3'],
      [retired.client_id, secretOf(retired)],
    ] as const) {
      const answer = await cloud.caller.requestAppToken(id, secret);
      expect(answer.status).withContext(id).toBe(401);
      expect(answer.at('error')).toBe('invalid_client');
      expect(answer.at('error_description')).toBeInstanceOf(String);
    }
  });

  it('is refused with 401 once the app is deleted', async () => {
    const headers = await cloud.caller.bearer();
    const path = cloud.caller.installationsPath(app.id);
    const revision = (await cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
    await cloud.caller.call(path, { method: 'DELETE', headers: { ...headers, 'if-match': revision } });

    expect((await cloud.caller.requestAppToken(app.client_id, secretOf(app))).status).toBe(401);
  });

  it('is refused with 400 for missing, doubled or wrong parameters', async () => {
    const form = new URLSearchParams(credentials()).toString();
    for (const [path, body, error] of [
      ['grant_type=client_credentials', form, 'invalid_request'],
      ['v=2.0&grant_type=client_credentials', form, 'invalid_request'],
      ['v=1.0', form, 'invalid_request'],
      ['v=1.0&grant_type=password', form, 'unsupported_grant_type'],
      [query(), '', 'invalid_request'],
      [query({ client_id: app.client_id }), form, 'invalid_request'],
    ] as const) {
      const answer = await post(path, body);
      expect(answer.status).withContext(path).toBe(400);
      expect(answer.at('error')).withContext(path).toBe(error);
    }
  });

  it('lives as long as the settings say', async () => {
    cloud.emulator.settings.appTokenLifetimeS = 60;

    const claims = claimsOf(await cloud.caller.appToken()) as { exp: number; iat: number };

    expect(claims.exp - claims.iat).toBe(60);
  });
});

describe('The consumer token (§5.2)', () => {
  let cloud: TestCloud;
  let clock: ShiftedClock;
  let appToken: string;
  beforeEach(async () => {
    clock = new ShiftedClock();
    cloud = await startTestCloud({ clock });
    appToken = await cloud.caller.appToken();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  it('has three claims, no expiry, and answers 201', async () => {
    const answer = await cloud.caller.requestConsumerToken(appToken, '0.7342591048');

    expect(answer.status).toBe(201);
    expect(claimsOf(answer.textAt('token'))).toEqual({
      account_id: 'demo',
      ext_consumer_id: '0.7342591048',
      lp_consumer_id: jasmine.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('gives an external id of an account always the same consumer id', async () => {
    const idOf = async (externalId: string): Promise<string> => {
      const answer = await cloud.caller.requestConsumerToken(appToken, externalId);
      return textAt(claimsOf(answer.textAt('token')), 'lp_consumer_id');
    };

    expect(await idOf('ada')).toBe(await idOf('ada'));
    expect(await idOf('ada')).not.toBe(await idOf('Ada'));
  });

  it('is also given for an app token behind the word Bearer (§14.1 #6)', async () => {
    expect((await cloud.caller.requestConsumerToken(`Bearer ${appToken}`, 'ada')).status).toBe(201);
  });

  it('is refused with 401 for a bad, foreign, expired or missing app token', async () => {
    const foreign = await new Caller(cloud.emulator.origin, 'demo2').appToken();
    for (const token of ['', 'nonsense', `${appToken.slice(0, -6)}abcdef`, foreign]) {
      expect((await cloud.caller.requestConsumerToken(token, 'ada')).status)
        .withContext(token)
        .toBe(401);
    }
    clock.forward(3_600_000);
    expect((await cloud.caller.requestConsumerToken(appToken, 'ada')).status).toBe(401);
  });

  it('is refused with 400 without an external id', async () => {
    const path = cloud.caller.path('/consumer?v=1.0');
    for (const body of [{}, { ext_consumer_id: '' }, { ext_consumer_id: 7 }, []]) {
      const answer = await cloud.caller.post(path, body, { authorization: appToken });
      expect(answer.status).withContext(JSON.stringify(body)).toBe(400);
    }
  });

  it('wants version 1.0', async () => {
    const body = { ext_consumer_id: 'ada' };

    const answer = await cloud.caller.post(cloud.caller.path('/consumer'), body, { authorization: appToken });

    expect(answer.status).toBe(400);
  });
});
