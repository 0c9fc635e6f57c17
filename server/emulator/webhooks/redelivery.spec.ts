import { MOST_REDELIVERIES_UNDER_WAY } from './redeliveries.ts';
import { Caller } from '../testing/caller.ts';
import { ControlCaller, eventually } from '../testing/control-caller.ts';
import { RetryBench } from '../testing/retry-bench.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import { WebhookReceiver, isSignedWith, messagesOf } from '../testing/webhook-receiver.ts';

const CONTENT = 'ms.MessagingEventNotification.ContentEvent';

describe('A webhook that somebody asks for again', () => {
  const bench = new RetryBench();
  const { configure, say, answering, idle, texts, phase } = bench;

  const tries = () => bench.control.deliveries();
  const last = async () => (await tries()).at(-1)!;
  const ask = (id: unknown, account = 'demo') =>
    bench.control.post(`/accounts/${account}/deliveries/${String(id)}/redeliver`);
  /** Asks for the latest try once more and waits for what comes of it. */
  const redeliver = async (id?: unknown) => {
    const answer = await ask(id ?? (await last())['id']);
    await idle();
    return answer;
  };
  const refusal = async (id: unknown) => {
    const answer = await ask(id);
    return [answer.status, answer.textAt('error', 'message')];
  };
  /** Changes the connector app by the installation API; `null`: removes it. */
  const change = async (more: object | null) => {
    const { caller } = bench.cloud;
    const app = await caller.app();
    const headers = await caller.bearer();
    const path = caller.installationsPath(app.id);
    const revision = (await caller.call(path, { headers })).headers.get('ac-revision') ?? '';
    const method = more === null ? 'DELETE' : 'PUT';
    const body = more === null ? '' : { ...app, ...more };
    const answer = await caller.call(path, { method, body, headers: { ...headers, 'if-match': revision } });
    expect(answer.status).withContext(answer.text).toBeLessThan(300);
  };

  it('comes with the same bytes, signed anew with the secret and by the rules of now', async () => {
    await say('Hi 👋 José');
    bench.cloud.emulator.settings.signature = { algorithm: 'sha256', encoding: 'base64' };

    const answer = await redeliver();

    expect([answer.status, answer.at('redelivery')]).toEqual([202, 1]);
    const [first, again] = bench.cloud.receiver.received.slice(-2);
    expect(messagesOf(again!)[0]?.event['message']).toBe('Hi 👋 José');
    expect(again!.rawBody.equals(first!.rawBody)).toBeTrue();
    const { client_secret: secret } = await bench.cloud.caller.app();
    expect(isSignedWith(secret ?? '', first!)).toBeTrue();
    expect(again!.headers['x-liveperson-signature']).toMatch(/^sha256=/);
  });

  it('goes to where the app has its endpoint for such events now', async () => {
    await using elsewhere = await WebhookReceiver.start();
    await say('before');
    await configure({}, undefined, { [CONTENT]: { endpoint: elsewhere.url } });

    await redeliver();

    expect(elsewhere.messages.map(({ event }) => event['message'])).toEqual(['before']);
    expect(texts()).toEqual(['before']);
  });

  it('is a try of its own in the list, of the same delivery and told as asked for', async () => {
    await say('again');
    const first = await last();

    for (const redelivery of [1, 2]) {
      expect((await redeliver(first['id'])).body).toEqual({ delivery: first['delivery'], redelivery });
    }

    const told = (await tries()).slice(-3);
    expect(told.map(({ delivery }) => delivery)).toEqual(told.map(() => first['delivery']));
    expect(told.map(({ redelivery, attempt, outcome }) => [redelivery, attempt, outcome])).toEqual([
      [null, 1, 'delivered'],
      [1, 1, 'delivered'],
      [2, 1, 'delivered'],
    ]);
    expect(texts()).toEqual(['again', 'again', 'again']);
  });

  it('is not tried again by itself, whatever the app has configured, and fails no app', async () => {
    await configure({ max_retries: 5 }, 3600);
    await say('taken');
    const times = answering(500);

    await redeliver();
    await bench.clock.advance(3_600_000);

    expect(times).toEqual([0]);
    expect(await last()).toEqual(
      jasmine.objectContaining({ outcome: 'lost', status: 500, nextAt: null, redelivery: 1 }),
    );
    expect(await phase()).toBe('UP');
  });

  it('disturbs nothing that waits: a failed app keeps its queue, its order and its next try', async () => {
    await configure({}, 3600);
    const times = answering(500);
    await say('one');
    await say('two');
    const before = await bench.control.standing();
    bench.cloud.receiver.respond = (_webhook, response) => response.writeHead(200).end();

    await redeliver();

    expect(await bench.control.standing()).toEqual(before);
    expect([before['phase'], before['waiting'], times.length]).toEqual(['FAILED', 2, 1]);
    await bench.clock.advance(60_000);
    expect(texts()).toEqual(['one', 'one', 'one', 'two']);
    // Its own tries are counted on as if nobody had asked.
    expect((await tries()).slice(1).map(({ attempt, redelivery }) => [attempt, redelivery])).toEqual([
      [1, null],
      [1, 1],
      [2, null],
      [1, null],
    ]);
  });

  it('does not hold up what is said meanwhile, and is refused when too many are on their way', async () => {
    await say('slow');
    const { id } = await last();
    bench.cloud.receiver.respond = (webhook, response) => {
      if (messagesOf(webhook)[0]?.event['message'] !== 'slow') response.writeHead(200).end();
    };
    for (let asked = 0; asked < MOST_REDELIVERIES_UNDER_WAY; asked += 1)
      expect((await ask(id)).status).toBe(202);
    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('Too many')]);

    await bench.cloud.caller.say(bench.consumer, bench.conversation, 'meanwhile');
    await bench.cloud.receiver.waitForMessage(({ event }) => event['message'] === 'meanwhile');
    await eventually(async () => (await last())['delivery'] !== (await tries())[1]!['delivery']);

    expect(await last()).toEqual(jasmine.objectContaining({ outcome: 'delivered', redelivery: null }));
    await bench.clock.advance(5000, { patienceMs: 10 });
    await eventually(async () => (await tries()).length === 3 + MOST_REDELIVERIES_UNDER_WAY);
    expect((await last())['reason']).toBe('no-answer');
    expect((await ask(id)).status).toBe(202);
  });

  it('meets the faults in force, as one more try', async () => {
    await say('faulty');
    const { id } = await last();
    const match = { eventType: 'ContentEvent' };
    await bench.control.fault({
      on: 'webhook',
      kind: 'status',
      status: 418,
      match: { ...match, attempt: 1 },
    });
    await bench.control.fault({
      on: 'webhook',
      kind: 'status',
      status: 503,
      match: { ...match, attempt: 3 },
    });

    await redeliver(id);
    await redeliver(id);

    expect((await tries()).slice(-2).map(({ status }) => status)).toEqual([200, 503]);
  });

  it('is refused in clear words where the app cannot get it', async () => {
    await say('wanted');
    const { id } = await last();

    await change({ enabled: false });
    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('app is disabled')]);
    await change({ enabled: true, capabilities: { webhooks: {} } });
    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('no endpoint for events of this type')]);
    await configure({ endpoint: 'https://connector.example.com/hook' });
    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('not on this machine')]);
    await configure({});
    expect((await redeliver(id)).status).toBe(202);
    await change(null);
    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('not installed any more')]);
    expect(texts()).toEqual(['wanted', 'wanted']);
  });

  it('is refused where the endpoint was switched off, until it is on again', async () => {
    bench.cloud.emulator.settings.webhookSwitchOffMs = 0;
    bench.cloud.emulator.settings.webhookSlowMs = 100;
    bench.cloud.receiver.respond = () => undefined;
    await bench.cloud.caller.say(bench.consumer, bench.conversation, 'slow');
    await bench.cloud.receiver.waitForMessage(() => true);
    await bench.clock.advance(5000, { patienceMs: 10 });
    await eventually(async () => (await last())['reason'] === 'no-answer');
    bench.cloud.receiver.respond = (_webhook, response) => response.writeHead(200).end();
    const { id, app } = await last();

    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('switched off')]);
    await bench.control.post(`/accounts/demo/apps/${String(app)}/switch-on`);
    await redeliver(id);

    expect(await last()).toEqual(jasmine.objectContaining({ outcome: 'delivered', redelivery: 1 }));
  });

  it('leaves the standing of its endpoint as it is, however slow or quick that answers', async () => {
    bench.cloud.emulator.settings.webhookSlowMs = 100;
    const standing = async () => (await bench.control.standing())['endpoints'];
    const noAnswer = async (redelivery: number | null) => {
      await bench.clock.advance(5000, { patienceMs: 10 });
      await eventually(async () => {
        const told = await last();
        return told['reason'] === 'no-answer' && told['redelivery'] === redelivery;
      });
    };
    await say('quick');
    const quick = await standing();
    bench.cloud.receiver.respond = () => undefined;

    await ask((await last())['id']);
    await eventually(() => texts().length === 2);
    await noAnswer(1);
    expect(await standing()).toEqual(quick);

    await bench.cloud.caller.say(bench.consumer, bench.conversation, 'slow');
    await bench.cloud.receiver.waitForMessage(({ event }) => event['message'] === 'slow');
    await noAnswer(null);
    const slow = await standing();
    expect(slow).not.toEqual(quick);
    bench.cloud.receiver.respond = (_webhook, response) => response.writeHead(200).end();
    await redeliver();
    expect(await last()).toEqual(jasmine.objectContaining({ outcome: 'delivered', redelivery: 1 }));
    expect(await standing()).toEqual(slow);
  });

  it('is refused when the emulator posts nothing more', async () => {
    await say('at rest');
    const { id } = await last();

    bench.cloud.emulator.rest();

    expect(await refusal(id)).toEqual([409, jasmine.stringMatching('is ending')]);
    expect(texts()).toEqual(['at rest']);
  });

  it('is nobody else’s: another account has no such try', async () => {
    await say('mine');
    const { id } = await last();
    const other = new Caller(bench.cloud.emulator.origin, 'demo2');
    await other.bearer();

    expect((await ask(id, 'demo2')).status).toBe(404);
    for (const none of [0, 9999, 'x', '1e1']) expect((await ask(none)).status).toBe(404);
    expect(texts()).toEqual(['mine']);
  });

  it('is not taken for one of an emulator before it, which counted alike', async () => {
    await say('of the run before');
    const { id, number } = await last();
    await using later = await startTestCloud();
    const control = new ControlCaller(later.emulator.origin);
    const conversation = await later.caller.opened(await later.caller.consumer());
    await control.post(`/accounts/demo/conversations/${conversation}/say`, { text: 'of another' });
    const told = () => control.deliveries();
    const isContent = (one: Record<string, unknown>) => one['eventType'] === CONTENT;
    await eventually(async () => (await told()).some(isContent));
    expect((await told()).map((one) => one['number'])).toContain(number);

    const answer = await control.post(`/accounts/demo/deliveries/${String(id)}/redeliver`);

    expect([answer.status, answer.textAt('error', 'message')]).toEqual([
      404,
      jasmine.stringMatching('before the emulator began anew'),
    ]);
    expect((await told()).filter(({ redelivery }) => redelivery !== null)).toEqual([]);
  });

  it('ends untold with a reset, and with it go the bodies', async () => {
    await say('forgotten');
    const { id } = await last();
    bench.cloud.receiver.respond = () => undefined;
    expect((await ask(id)).status).toBe(202);
    await eventually(() => texts().length === 2);

    await bench.control.post('/state/reset');
    await bench.clock.advance(10_000, { patienceMs: 10 });

    expect(await tries()).toEqual([]);
    expect((await ask(id)).status).toBe(404);
    bench.cloud.receiver.respond = (_webhook, response) => response.writeHead(200).end();
    bench.conversation = await bench.cloud.caller.opened(await bench.cloud.caller.consumer());
    await idle();
    expect((await redeliver()).status).toBe(202);
    expect(await last()).toEqual(jasmine.objectContaining({ outcome: 'delivered', redelivery: 1 }));
  });

  it('is offered as long as its body is kept', async () => {
    await say('kept');
    expect((await last())['isKept']).toBeTrue();
  });
});
