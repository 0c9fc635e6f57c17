import { randomUUID } from 'node:crypto';

import { SignJWT } from 'jose';

import { textAt } from '../testing/answer.ts';
import type { Answer } from '../testing/answer.ts';
import { CONVERSATION_PATH, Caller, SEND_PATH } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { publishing } from '../testing/requests.ts';
import { ShiftedClock, startTestCloud, testSigningKey } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';

describe('The gateway of the Connector API (§6.6)', () => {
  let cloud: TestCloud;
  let clock: ShiftedClock;
  let consumer: Consumer;
  beforeEach(async () => {
    clock = new ShiftedClock();
    cloud = await startTestCloud({ clock });
    consumer = await cloud.caller.consumer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const send = (headers: Record<string, string | undefined>, path = SEND_PATH): Promise<Answer> => {
    const given = Object.entries({ ...consumer.headers, ...headers }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return cloud.caller.post(cloud.caller.path(path), publishing('x', {}), Object.fromEntries(given));
  };
  const signed = (claims: Record<string, unknown>): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(testSigningKey.privateKey);

  function expectGatewayError(answer: Answer, errorCode: number, title: string): void {
    const status = errorCode === 40001 ? 400 : 401;
    expect(answer.status).toBe(status);
    expect(answer.at('kind')).toBe('resp');
    expect(answer.at('code')).toBe(status);
    expect(answer.at('type')).toBe('.ReqBody$ErrorResp');
    expect(answer.at('reqId')).toBe('3');
    expect(answer.at('body')).toEqual({ title, details: jasmine.any(String), errorCode });
  }

  it('answers 40105 without an app token', async () => {
    expectGatewayError(await send({ authorization: undefined }), 40105, 'AppJWT is missing');
  });

  it('answers 40102 to an app token that is none, has a wrong signature or is another account’s', async () => {
    const own = consumer.headers['authorization'] ?? '';
    const foreign = await new Caller(cloud.emulator.origin, 'demo2').appToken();
    const { client_id: azp } = await cloud.caller.app();
    const exp = Math.floor(clock.now() / 1000) + 60;
    const misdirected = await signed({ aud: 'demo2', azp, scope: 'msg.consumer', iss: 'Sentinel', exp });
    for (const authorization of ['nonsense', `${own.slice(0, -6)}abcdef`, foreign, misdirected]) {
      expectGatewayError(await send({ authorization }), 40102, 'Invalid AppJWT');
    }
  });

  it('answers 40102 once the app token’s hour is over (§5.1)', async () => {
    clock.forward(3_599_000 - 1000);
    expect((await send({})).status).toBe(400);
    clock.forward(3000);
    expectGatewayError(await send({}), 40102, 'Invalid AppJWT');
  });

  it('answers 40102 when the app has been switched off since', async () => {
    const app = await cloud.caller.app();
    const path = cloud.caller.installationsPath(app.id);
    const headers = await cloud.caller.bearer();
    const revision = (await cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
    const body = { ...app, enabled: false };
    await cloud.caller.call(path, { method: 'PUT', headers: { ...headers, 'if-match': revision }, body });

    expectGatewayError(await send({}), 40102, 'Invalid AppJWT');
  });

  it('answers 40102 to the token of an app that is no connector', async () => {
    const app = await cloud.caller.app('Agent sign-on');
    const token = (await cloud.caller.requestAppToken(app.client_id, app.client_secret)).textAt(
      'access_token',
    );

    expectGatewayError(await send({ authorization: token }), 40102, 'Invalid AppJWT');
  });

  it('answers 40001 to an app token without its claims', async () => {
    const token = await signed({ iss: 'Sentinel', exp: Math.floor(clock.now() / 1000) + 60 });

    expectGatewayError(await send({ authorization: token }), 40001, 'Missing parameter');
  });

  it('answers 40104 without a consumer token', async () => {
    expectGatewayError(await send({ 'x-lp-on-behalf': undefined }), 40104, 'ConsumerJWS is missing');
  });

  it('answers 40103 to a consumer token that is none, or another account’s', async () => {
    const foreign = await new Caller(cloud.emulator.origin, 'demo2').consumer();
    for (const token of ['nonsense', consumer.headers['authorization'], foreign.headers['x-lp-on-behalf']]) {
      expectGatewayError(await send({ 'x-lp-on-behalf': token }), 40103, 'Invalid ConsumerJWS');
    }
  });

  it('keeps a consumer token for ever (§5.2)', async () => {
    clock.forward(365 * 24 * 3_600_000);
    const authorization = await cloud.caller.appToken();

    expect((await send({ authorization })).at('code')).toBe('BAD_REQUEST');
  });

  it('answers 404 to any version but 3 (§6.1)', async () => {
    for (const version of ['', '?v=2', '?v=3.0', '?v=3&v=3']) {
      const opened = await send({}, `/messaging/consumer/conversation${version}`);
      const sent = await send({}, `/messaging/consumer/conversation/send${version}`);
      expect([opened.status, sent.status]).withContext(version).toEqual([404, 404]);
    }
  });

  it('says 40001 for a conversation without brand even behind valid tokens', async () => {
    const body = [{ kind: 'req', id: randomUUID(), type: 'cm.ConsumerRequestConversation', body: {} }];
    const answer = await cloud.caller.post(cloud.caller.path(CONVERSATION_PATH), body, consumer.headers);

    expect(textAt(answer.body, 'body', 'title')).toBe('Missing parameter');
  });
});
