import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';

import { eventually } from '../testing/control-caller.ts';
import { FaultBench } from '../testing/fault-bench.ts';
import { publishing } from '../testing/requests.ts';

const ON_SEND = { requestType: 'ms.PublishEvent' };

describe('Faults of calls', () => {
  const bench = new FaultBench();
  const { say, arrived, firings } = bench;

  /** Says something and hangs up once the fault has happened. */
  async function neverAnswered(text: string): Promise<void> {
    const controller = new AbortController();
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: text };
    const call = bench.cloud.caller.call(
      bench.cloud.caller.path('/messaging/consumer/conversation/send?v=3'),
      {
        method: 'POST',
        headers: bench.consumer.headers,
        body: publishing(bench.conversation, event),
        signal: controller.signal,
      },
    );
    await eventually(async () => (await firings()).length > 0);
    controller.abort();
    await expectAsync(call).toBeRejected();
  }

  it('delay the answer, not the work: the webhook overtakes it (§8.7)', async () => {
    bench.clock.stop();
    await bench.control.fault({ on: 'call', kind: 'delay', ms: 60_000, match: ON_SEND });
    let isAnswered = false;
    const answer = say('overtaken').then((given) => {
      isAnswered = true;
      return given;
    });
    await arrived('overtaken');
    expect(isAnswered).toBeFalse();

    await bench.clock.advance(60_000);

    expect((await answer).status).toBe(200);
  });

  it('drop: no answer, and nothing was done', async () => {
    await bench.control.fault({ on: 'call', kind: 'drop', match: ON_SEND, count: 1 });
    await neverAnswered('dropped');

    expect((await say('heard')).at('body', 'sequence')).toBe(0);
  });

  it('drop the answer of what was done, when that is asked for', async () => {
    await bench.control.fault({ on: 'call', kind: 'drop', isCarriedOut: true, match: ON_SEND, count: 1 });
    await neverAnswered('done');

    await arrived('done');
    expect((await say('next')).at('body', 'sequence')).toBe(1);
  });

  it('reset the connection', async () => {
    await bench.control.fault({ on: 'call', kind: 'reset', match: ON_SEND, count: 1 });
    const failure = await say('reset').catch((error: unknown) => error);

    expect(failure instanceof Error && failure.cause instanceof Error && 'code' in failure.cause).toBeTrue();
    expect((await say('heard')).at('body', 'sequence')).toBe(0);
  });

  it('answer with another status, body and headers, and do nothing', async () => {
    await bench.control.fault({
      on: 'call',
      kind: 'status',
      status: 429,
      body: { slow: 'down' },
      headers: { 'retry-after': '1' },
      match: { service: 'asyncMessagingEnt' },
      count: 1,
    });
    const answer = await say('too many');

    expect(answer.status).toBe(429);
    expect(answer.body).toEqual({ slow: 'down' });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await say('heard')).at('body', 'sequence')).toBe(0);
  });

  it('answer with another status although the work was done, when that is asked for', async () => {
    await bench.control.fault({
      on: 'call',
      kind: 'status',
      status: 503,
      isCarriedOut: true,
      match: ON_SEND,
      count: 1,
    });
    expect((await say('done')).status).toBe(503);

    expect((await say('next')).at('body', 'sequence')).toBe(1);
  });

  it('corrupt the body of the answer', async () => {
    await bench.control.fault({ on: 'call', kind: 'corrupt-body', match: ON_SEND });
    const answer = await say('garbled');

    expect(answer.status).toBe(200);
    expect(answer.body).toBeUndefined();
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
  });

  it('send the body of the answer slowly, whole in the end', async () => {
    bench.clock.stop();
    await bench.control.fault({ on: 'call', kind: 'slow-body', ms: 10_000, match: ON_SEND });
    const pieces: string[] = [];
    const body = JSON.stringify(
      publishing(bench.conversation, { type: 'ContentEvent', contentType: 'text/plain', message: 'slow' }),
    );
    const calling = send(body);
    await arrived('slow');
    await bench.clock.advance(1000);
    const answer = await calling.answer;
    answer.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
    await eventually(() => pieces.length > 0);
    expect(() => JSON.parse(pieces.join('')) as unknown).toThrow();

    await bench.clock.advance(9000);
    await eventually(() => answer.readableEnded);

    expect(JSON.parse(pieces.join(''))).toEqual(jasmine.objectContaining({ code: 'OK' }));
  });

  /** A call whose answer can be watched as it comes. */
  function send(body: string): { readonly call: ClientRequest; readonly answer: Promise<IncomingMessage> } {
    const path = '/api/account/demo/messaging/consumer/conversation/send?v=3';
    const call = httpRequest(`${bench.cloud.emulator.origin}${path}`, {
      method: 'POST',
      headers: { ...bench.consumer.headers, 'content-type': 'application/json' },
    });
    const answer = new Promise<IncomingMessage>((resolve) => call.once('response', resolve));
    call.end(body);
    return { call, answer };
  }

  it('let a token expire: 40102 of the Connector API (§6.6), 401 of the account configuration', async () => {
    await bench.control.fault({ on: 'call', kind: 'expired-token', count: 2 });

    const sent = await say('expired');
    const listed = await bench.cloud.caller.call(bench.cloud.caller.installationsPath(), {
      headers: await bench.cloud.caller.bearer(),
    });

    expect([sent.status, sent.at('body', 'errorCode')]).toEqual([401, 40102]);
    expect(listed.status).toBe(401);
    expect((await say('renewed')).status).toBe(200);
  });

  const services: readonly (readonly [string, () => Promise<{ readonly status: number }>])[] = [
    ['csds', () => bench.cloud.caller.call(bench.cloud.caller.path('/service/baseURI.json?version=1.0'))],
    ['agentVep', () => bench.cloud.caller.signIn('admin', 'demo-admin')],
    ['accountConfigReadWrite', () => bench.cloud.caller.call(bench.cloud.caller.installationsPath())],
    [
      'accountConfigReadOnly',
      () => bench.cloud.caller.call(bench.cloud.caller.path('/configuration/provision/featureGrants?v=2.0')),
    ],
    ['sentinel', () => bench.cloud.caller.requestAppToken('a', 'b')],
    ['idp', () => bench.cloud.caller.requestConsumerToken('token', 'ada')],
    ['asyncMessagingEnt', () => say('x')],
    [
      'msgHist',
      () => bench.cloud.caller.post('/messaging_history/api/account/demo/conversations/search', {}),
    ],
    ['swift', () => bench.cloud.caller.call('/v1/AUTH_async-images/demo/x.PNG')],
  ];
  for (const [service, call] of services) {
    it(`are chosen by service: ${service}`, async () => {
      await bench.control.fault({ on: 'call', kind: 'status', status: 599, match: { service } });

      expect((await call()).status).toBe(599);
      const others = services.filter(([name]) => name !== service);
      for (const [, other] of others) expect((await other()).status).not.toBe(599);
    });
  }

  it('never touch the control API', async () => {
    await bench.control.fault({ on: 'call', kind: 'status', status: 500 });

    expect((await bench.control.get('/clock')).status).toBe(200);
    expect((await bench.cloud.caller.signIn('admin', 'demo-admin')).status).toBe(500);
  });
});
