import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';

import type { Consumer } from '../testing/caller.ts';
import { ControlCaller, eventually } from '../testing/control-caller.ts';
import { publishing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { isSignedWith } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';

const ON_SEND = { requestType: 'ms.PublishEvent' };
const TEXT_EVENT = 'ContentEvent';

describe('Faults', () => {
  let clock: VirtualClock;
  let cloud: TestCloud;
  let control: ControlCaller;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    clock = new VirtualClock();
    cloud = await startTestCloud({ clock });
    control = new ControlCaller(cloud.emulator.origin);
    consumer = await cloud.caller.consumer();
    conversation = await cloud.caller.opened(consumer);
    await cloud.receiver.waitForConversation(() => true);
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  const say = (text: string): ReturnType<typeof cloud.caller.say> =>
    cloud.caller.say(consumer, conversation, text);
  const texts = (): unknown[] => cloud.receiver.messages.map(({ event }) => event['message']);
  const arrived = (text: string): ReturnType<typeof cloud.receiver.waitFor> =>
    cloud.receiver.waitForMessage(({ event }) => event['message'] === text);
  const secret = async (): Promise<string> => (await cloud.caller.app()).client_secret ?? '';
  const firings = async (): Promise<Record<string, unknown>[]> =>
    ((await control.get('/faults/firings')).body as { firings: Record<string, unknown>[] }).firings;

  describe('of calls', () => {
    /** Says something and hangs up once the fault has happened. */
    async function neverAnswered(text: string): Promise<void> {
      const controller = new AbortController();
      const event = { type: 'ContentEvent', contentType: 'text/plain', message: text };
      const call = cloud.caller.call(cloud.caller.path('/messaging/consumer/conversation/send?v=3'), {
        method: 'POST',
        headers: consumer.headers,
        body: publishing(conversation, event),
        signal: controller.signal,
      });
      await eventually(async () => (await firings()).length > 0);
      controller.abort();
      await expectAsync(call).toBeRejected();
    }

    it('delay the answer, not the work: the webhook overtakes it (§8.7)', async () => {
      clock.stop();
      await control.fault({ on: 'call', kind: 'delay', ms: 60_000, match: ON_SEND });
      let isAnswered = false;
      const answer = say('overtaken').then((given) => {
        isAnswered = true;
        return given;
      });
      await arrived('overtaken');
      expect(isAnswered).toBeFalse();

      await clock.advance(60_000);

      expect((await answer).status).toBe(200);
    });

    it('drop: no answer, and nothing was done', async () => {
      await control.fault({ on: 'call', kind: 'drop', match: ON_SEND, count: 1 });
      await neverAnswered('dropped');

      expect((await say('heard')).at('body', 'sequence')).toBe(0);
    });

    it('drop the answer of what was done, when that is asked for', async () => {
      await control.fault({ on: 'call', kind: 'drop', isCarriedOut: true, match: ON_SEND, count: 1 });
      await neverAnswered('done');

      await arrived('done');
      expect((await say('next')).at('body', 'sequence')).toBe(1);
    });

    it('reset the connection', async () => {
      await control.fault({ on: 'call', kind: 'reset', match: ON_SEND, count: 1 });
      const failure = await say('reset').catch((error: unknown) => error);

      expect(
        failure instanceof Error && failure.cause instanceof Error && 'code' in failure.cause,
      ).toBeTrue();
      expect((await say('heard')).at('body', 'sequence')).toBe(0);
    });

    it('answer with another status, body and headers, and do nothing', async () => {
      await control.fault({
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
      await control.fault({
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
      await control.fault({ on: 'call', kind: 'corrupt-body', match: ON_SEND });
      const answer = await say('garbled');

      expect(answer.status).toBe(200);
      expect(answer.body).toBeUndefined();
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
    });

    it('send the body of the answer slowly, whole in the end', async () => {
      clock.stop();
      await control.fault({ on: 'call', kind: 'slow-body', ms: 10_000, match: ON_SEND });
      const pieces: string[] = [];
      const body = JSON.stringify(
        publishing(conversation, { type: 'ContentEvent', contentType: 'text/plain', message: 'slow' }),
      );
      const calling = send(body);
      await arrived('slow');
      await clock.advance(1000);
      const answer = await calling.answer;
      answer.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
      await eventually(() => pieces.length > 0);
      expect(() => JSON.parse(pieces.join('')) as unknown).toThrow();

      await clock.advance(9000);
      await eventually(() => answer.readableEnded);

      expect(JSON.parse(pieces.join(''))).toEqual(jasmine.objectContaining({ code: 'OK' }));
    });

    /** A call whose answer can be watched as it comes. */
    function send(body: string): { readonly call: ClientRequest; readonly answer: Promise<IncomingMessage> } {
      const path = '/api/account/demo/messaging/consumer/conversation/send?v=3';
      const call = httpRequest(`${cloud.emulator.origin}${path}`, {
        method: 'POST',
        headers: { ...consumer.headers, 'content-type': 'application/json' },
      });
      const answer = new Promise<IncomingMessage>((resolve) => call.once('response', resolve));
      call.end(body);
      return { call, answer };
    }

    it('let a token expire: 40102 of the Connector API (§6.6), 401 of the account configuration', async () => {
      await control.fault({ on: 'call', kind: 'expired-token', count: 2 });

      const sent = await say('expired');
      const listed = await cloud.caller.call(cloud.caller.installationsPath(), {
        headers: await cloud.caller.bearer(),
      });

      expect([sent.status, sent.at('body', 'errorCode')]).toEqual([401, 40102]);
      expect(listed.status).toBe(401);
      expect((await say('renewed')).status).toBe(200);
    });

    const services: readonly (readonly [string, () => Promise<{ readonly status: number }>])[] = [
      ['csds', () => cloud.caller.call(cloud.caller.path('/service/baseURI.json?version=1.0'))],
      ['agentVep', () => cloud.caller.signIn('admin', 'demo-admin')],
      ['accountConfigReadWrite', () => cloud.caller.call(cloud.caller.installationsPath())],
      [
        'accountConfigReadOnly',
        () => cloud.caller.call(cloud.caller.path('/configuration/provision/featureGrants?v=2.0')),
      ],
      ['sentinel', () => cloud.caller.requestAppToken('a', 'b')],
      ['idp', () => cloud.caller.requestConsumerToken('token', 'ada')],
      ['asyncMessagingEnt', () => say('x')],
      ['msgHist', () => cloud.caller.post('/messaging_history/api/account/demo/conversations/search', {})],
      ['swift', () => cloud.caller.call('/v1/AUTH_async-images/demo/x.PNG')],
    ];
    for (const [service, call] of services) {
      it(`are chosen by service: ${service}`, async () => {
        await control.fault({ on: 'call', kind: 'status', status: 599, match: { service } });

        expect((await call()).status).toBe(599);
        const others = services.filter(([name]) => name !== service);
        for (const [, other] of others) expect((await other()).status).not.toBe(599);
      });
    }

    it('never touch the control API', async () => {
      await control.fault({ on: 'call', kind: 'status', status: 500 });

      expect((await control.get('/clock')).status).toBe(200);
      expect((await cloud.caller.signIn('admin', 'demo-admin')).status).toBe(500);
    });
  });

  describe('of webhooks', () => {
    it('delay', async () => {
      clock.stop();
      await control.fault({ on: 'webhook', kind: 'delay', ms: 5000, count: 1 });
      await say('late');
      await clock.advance(4999);
      expect(texts()).toEqual([]);

      await clock.advance(1);
      expect(texts()).toEqual(['late']);
    });

    it('drop: the cloud believes that it was taken', async () => {
      await control.fault({ on: 'webhook', kind: 'drop', match: { eventType: TEXT_EVENT }, count: 1 });
      await say('never arrives');
      await say('arrives');
      await arrived('arrives');

      expect(texts()).toEqual(['arrives']);
      const outcomes = (await control.deliveries()).map(({ outcome }) => outcome);
      expect(outcomes).toEqual(['delivered', 'delivered', 'delivered']);
    });

    it('duplicate', async () => {
      await control.fault({ on: 'webhook', kind: 'duplicate', times: 3, count: 1 });
      await say('thrice');
      await say('once');
      await arrived('once');

      expect(texts()).toEqual(['thrice', 'thrice', 'thrice', 'once']);
    });

    it('reorder: the next one of the conversation comes first', async () => {
      await control.fault({ on: 'webhook', kind: 'reorder', match: { eventType: TEXT_EVENT }, count: 1 });
      await say('one');
      await say('two');
      await say('three');
      await arrived('three');

      expect(texts()).toEqual(['two', 'one', 'three']);
    });

    it('reorder, and come after all when nothing overtakes', async () => {
      clock.stop();
      await control.fault({ on: 'webhook', kind: 'reorder', ms: 5000, count: 1 });
      await say('alone');
      await clock.advance(4999);
      expect(texts()).toEqual([]);
      await clock.advance(1);

      expect(texts()).toEqual(['alone']);
    });

    it('carry a wrong signature, in the right form', async () => {
      await control.fault({ on: 'webhook', kind: 'wrong-signature', count: 1 });
      await say('forged');
      const webhook = await arrived('forged');

      expect(webhook.headers['x-liveperson-signature']).toMatch(/^sha1=[A-Za-z0-9+/]{27}=$/);
      expect(isSignedWith(await secret(), webhook)).toBeFalse();
    });

    it('carry no signature', async () => {
      await control.fault({ on: 'webhook', kind: 'missing-signature', count: 1 });
      await say('unsigned');

      expect((await arrived('unsigned')).headers['x-liveperson-signature']).toBeUndefined();
    });

    for (const signed of ['original', 'corrupted'] as const) {
      it(`come corrupted, signed over the ${signed} bytes`, async () => {
        await control.fault({ on: 'webhook', kind: 'corrupt-body', signed, count: 1 });
        await say('garbled');
        await eventually(async () => (await control.deliveries()).length === 2);

        const [webhook] = cloud.receiver.garbled;
        expect(webhook).toBeDefined();
        expect(webhook && isSignedWith(await secret(), webhook)).toBe(signed === 'corrupted');
      });
    }

    it('count as answered with another status, so that they are sent again (§8.6)', async () => {
      clock.stop();
      await withRetries(2);
      await control.fault({ on: 'webhook', kind: 'status', status: 500, match: { attempt: 1 } });
      await say('twice');
      await clock.advance(30_000);

      expect(texts()).toEqual(['twice', 'twice']);
    });

    it('break off with a reset connection, and are sent again', async () => {
      clock.stop();
      await withRetries(1);
      await control.fault({ on: 'webhook', kind: 'reset', count: 1 });
      await say('broken');
      await clock.advance(30_000);

      expect(texts()).toEqual(['broken']);
      const [, first, second] = await control.deliveries();
      expect([first?.['outcome'], second?.['outcome']]).toEqual(['failed', 'delivered']);
      expect(first?.['failure']).toContain('reset');
    });

    it('send their body slowly', async () => {
      clock.stop();
      await control.fault({ on: 'webhook', kind: 'slow-body', ms: 4000, count: 1 });
      await say('slow');
      await clock.advance(3000, { patienceMs: 10 });
      expect(texts()).toEqual([]);

      await clock.advance(1000, { patienceMs: 10 });
      expect(await arrived('slow')).toBeDefined();
    });

    async function withRetries(maxRetries: number): Promise<void> {
      const app = await cloud.caller.app();
      const headers = await cloud.caller.bearer();
      const path = cloud.caller.installationsPath(app.id);
      const revision = (await cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
      const webhooks = {
        'ms.MessagingEventNotification.ContentEvent': {
          endpoint: cloud.receiver.url,
          max_retries: maxRetries,
        },
      };
      const body = { ...app, capabilities: { webhooks } };
      await cloud.caller.call(path, { method: 'PUT', headers: { ...headers, 'if-match': revision }, body });
    }
  });

  it('are reported with what they happened to', async () => {
    await control.fault({ on: 'webhook', kind: 'duplicate', match: { eventType: TEXT_EVENT } });
    await say('reported');
    await arrived('reported');

    const [firing] = await firings();
    const { client_id: app } = await cloud.caller.app();
    expect(firing).toEqual(
      jasmine.objectContaining({
        number: 1,
        rule: 'fault-1',
        kind: 'duplicate',
        on: 'webhook',
        account: 'demo',
        app,
        conversation,
        eventType: 'ms.MessagingEventNotification.ContentEvent',
        consumer: consumer.id,
        attempt: 1,
      }),
    );
  });

  it('happen to the same messages with the same seed, in every run', async () => {
    const run = async (seed: number): Promise<Record<string, number[]>> => {
      const time = new VirtualClock();
      await using again = await startTestCloud({ clock: time });
      const caller = new ControlCaller(again.emulator.origin);
      const match = { eventType: TEXT_EVENT };
      await caller.fault({ on: 'webhook', kind: 'drop', probability: 0.4, seed, match });
      const consumers = await Promise.all(['ada', 'bob'].map((name) => again.caller.consumer(name)));
      await Promise.all(
        consumers.map(async (each) => {
          const id = await again.caller.opened(each);
          for (let index = 0; index < 10; index += 1) await again.caller.say(each, id, `text ${index}`);
        }),
      );
      await time.advance(0);
      time.close();
      const heard: Record<string, number[]> = {};
      for (const { originatorId, sequence = -1 } of again.receiver.messages) {
        (heard[originatorId] ??= []).push(sequence);
      }
      return heard;
    };

    const [first, second, other] = [await run(5), await run(5), await run(6)];
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });
});
