import type { Consumer } from '../testing/caller.ts';
import { ControlCaller } from '../testing/control-caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { messagesOf } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';

const CARD = { type: 'vertical', elements: [{ type: 'text', text: 'A card' }] };

describe('The control API', () => {
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
    const features = { type: '.ClientProperties', features: ['RICH_CONTENT', 'QUICK_REPLIES'] };
    conversation = await cloud.caller.opened(consumer, {
      headers: { 'client-properties': JSON.stringify(features) },
    });
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });
  const at = (verb = ''): string => `/accounts/demo/conversations/${conversation}${verb && `/${verb}`}`;

  describe('plays agents', () => {
    it('who say a text: the conversation is taken and the webhook comes as from any agent (§8.4.3, §8.4.6)', async () => {
      const said = await control.post(at('say'), { text: 'Hello 👋' });

      expect([said.status, said.at('sequence')]).toEqual([201, 0]);
      await cloud.receiver.waitForConversation(({ result }) =>
        (result.conversationDetails.participants ?? []).some(({ role }) => role === 'ASSIGNED_AGENT'),
      );
      const webhook = await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'Hello 👋');
      expect(messagesOf(webhook)[0]).toEqual(
        jasmine.objectContaining({ sequence: 0, messageAudience: 'ALL', conversationId: conversation }),
      );
      expect(messagesOf(webhook)[0]?.originatorMetadata?.role).toBe('ASSIGNED_AGENT');
    });

    const sayings: readonly (readonly [string, object, object])[] = [
      ['rich content (§8.4.8)', { richContent: CARD }, { type: 'RichContentEvent', content: CARD }],
      [
        'a text with quick replies (§8.4.10)',
        { text: 'Yes?', quickReplies: { type: 'quickReplies', replies: [] } },
        { type: 'ContentEvent', message: 'Yes?', quickReplies: { type: 'quickReplies', replies: [] } },
      ],
      [
        'a file (§6.3.2)',
        { file: { caption: 'cat.png', relativePath: '/v1/AUTH_async-images/demo/cat.PNG', fileType: 'PNG' } },
        { type: 'ContentEvent', contentType: 'hosted/file' },
      ],
      [
        'a chat state (§8.4.5)',
        { chatState: 'COMPOSING' },
        { type: 'ChatStateEvent', chatState: 'COMPOSING' },
      ],
      [
        'that certain messages are read (§8.4.4)',
        { acceptStatus: 'READ', sequences: [0, 4] },
        { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0, 4] },
      ],
    ];
    for (const [what, saying, event] of sayings) {
      it(`who say ${what}`, async () => {
        expect((await control.post(at('say'), saying)).status).toBe(201);

        const webhook = await cloud.receiver.waitForMessage(({ event: { type } }) => type !== 'x');
        expect(messagesOf(webhook)[0]?.event).toEqual(jasmine.objectContaining(event));
      });
    }

    it('who accept everything that the consumer has written, when no sequences are named', async () => {
      expect((await control.post(at('say'), { acceptStatus: 'ACCEPT' })).status).toBe(409);
      for (const text of ['one', 'two']) await cloud.caller.say(consumer, conversation, text);

      await control.post(at('say'), { acceptStatus: 'ACCEPT' });

      const webhook = await cloud.receiver.waitForMessage(({ event }) => event.type === 'AcceptStatusEvent');
      expect(messagesOf(webhook)[0]?.event['sequenceList']).toEqual([0, 1]);
    });

    it('who write what only agents and managers may see (§8.3)', async () => {
      await control.post(at('say'), { text: 'between us', isPrivate: true });

      const webhook = await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'between us');
      expect(messagesOf(webhook)[0]?.messageAudience).toBe('AGENTS_AND_MANAGERS');
    });

    it('who join, by name and in a role, and leave', async () => {
      const joined = await control.post(at('join'), { agent: 'agent', role: 'MANAGER' });
      expect(joined.status).toBe(200);
      expect(JSON.stringify(joined.at('dialogs', 0, 'participants'))).toContain('MANAGER');
      const said = await control.post(at('say'), { agent: 'agent', text: 'from the manager' });
      expect(said.at('by')).toBe('agent');

      const left = await control.post(at('leave'), { agent: 'agent' });

      expect(JSON.stringify(left.at('dialogs', 0, 'participants'))).not.toContain('MANAGER');
    });

    it('who transfer (§11.2)', async () => {
      await control.post(at('join'));
      const transferred = await control.post(at('transfer'), { skillId: '1002' });

      expect(transferred.at('skillId')).toBe('1002');
      expect(JSON.stringify(transferred.at('dialogs', 0, 'participants'))).not.toContain('ASSIGNED_AGENT');
    });

    it('who close, so that nothing more can be said (§11.2)', async () => {
      const closed = await control.post(at('close'), { everything: true });
      expect([closed.at('stage'), closed.at('closeReason')]).toEqual(['CLOSE', 'AGENT']);

      const said = await control.post(at('say'), { text: 'too late' });

      expect(said.status).toBe(409);
      expect(said.text).toContain('conversation-closed');
    });
  });

  it('lists and reads conversations', async () => {
    const second = await cloud.caller.opened(await cloud.caller.consumer('somebody-else'));
    await control.post(at('close'), { everything: true });

    const all = await control.get('/accounts/demo/conversations');
    const open = await control.get('/accounts/demo/conversations?stage=OPEN');

    expect([all.at('total'), all.at('conversations', 0, 'id')]).toEqual([2, second]);
    expect(open.at('total')).toBe(1);
    expect((await control.get(at())).at('stage')).toBe('CLOSE');
  });

  it('reads, advances, stops and starts the clock', async () => {
    const before = (await control.get('/clock')).at('epochMs') as number;

    const advanced = await control.post('/clock/advance', {
      days: 1,
      hours: 2,
      minutes: 3,
      seconds: 4,
      ms: 5,
    });
    const stopped = await control.call('PUT', '/clock', { isRunning: false });
    const later = await control.get('/clock');

    const moved = (advanced.at('epochMs') as number) - before;
    expect(moved).toBeGreaterThanOrEqual(93_784_005);
    expect(moved).toBeLessThan(93_784_005 + 60_000);
    expect([stopped.at('isRunning'), later.at('epochMs')]).toEqual([false, stopped.at('epochMs')]);
    expect((await control.call('PUT', '/clock', { isRunning: true })).at('isRunning')).toBeTrue();
  });

  it('makes an app token’s hour pass (§5.1)', async () => {
    expect((await cloud.caller.say(consumer, conversation, 'in time')).status).toBe(200);

    await control.advance({ seconds: 3599 });
    clock.stop();
    await control.advance({ seconds: 1 });

    expect((await cloud.caller.say(consumer, conversation, 'too late')).at('body', 'errorCode')).toBe(40102);
  });

  it('changes settings, which take effect at once', async () => {
    const changed = await control.call('PATCH', '/settings', {
      signature: { algorithm: 'sha256', encoding: 'hex' },
      appTokenLifetimeS: 60,
    });
    expect(changed.at('appTokenLifetimeS')).toBe(60);
    expect(changed.at('webhookReadTimeoutMs')).toBe(5000);

    await cloud.caller.say(consumer, conversation, 'signed');
    const webhook = await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'signed');

    expect(webhook.headers['x-liveperson-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
  });

  it('lets webhooks look like the oldest samples (§8.4.1–8.4.6)', async () => {
    await control.call('PATCH', '/settings', { sampleStyle: 'old' });
    await cloud.caller.say(consumer, conversation, 'old');
    await control.post(at('join'));
    const message = await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'old');
    const change = await cloud.receiver.waitForConversation(({ result }) =>
      (result.conversationDetails.participants ?? []).some(({ role }) => role === 'ASSIGNED_AGENT'),
    );

    expect(Object.keys(message.notification.body.changes[0] ?? {})).toEqual([
      'sequence',
      'originatorId',
      'originatorMetadata',
      'serverTimestamp',
      'event',
      'dialogId',
    ]);
    expect(change.rawBody.toString()).not.toMatch(/effectiveTTR|skillId|dialogs|"stage"/);
  });

  it('switches messaging off and on for an account (§3)', async () => {
    const feature = async (): Promise<string> => {
      const path = cloud.caller.path('/configuration/provision/featureGrants?v=2.0');
      return (await cloud.caller.call(path, { headers: await cloud.caller.bearer() })).text;
    };
    const before = await feature();

    await control.call('PATCH', '/accounts/demo', { isMessagingEnabled: false });

    expect((await control.get('/accounts/demo')).at('isMessagingEnabled')).toBeFalse();
    expect(await feature()).not.toBe(before);
  });

  it('tells of accounts, without their passwords', async () => {
    const accounts = await control.get('/accounts');

    expect(accounts.at('accounts', 0, 'id')).toBe('demo');
    expect(accounts.text).not.toContain('demo-admin');
    expect(accounts.text).toContain('"Orders"');
  });

  it('seeds an account that nobody has used yet, as any other call does', async () => {
    const changed = await control.call('PATCH', '/accounts/demo-new', { features: { 'Common.Other': true } });

    expect([changed.status, changed.at('features', 'Common.Other')]).toEqual([200, true]);
  });

  it('tells what came of each webhook', async () => {
    await cloud.caller.say(consumer, conversation, 'told');
    await cloud.receiver.waitForMessage(({ event }) => event['message'] === 'told');
    await clock.advance(0);

    const [created, text] = await control.deliveries(`?conversation=${conversation}&outcome=delivered`);

    expect(created?.['eventType']).toBe('cqm.ExConversationChangeNotification');
    expect(text).toEqual(
      jasmine.objectContaining({
        attempt: 1,
        outcome: 'delivered',
        status: 200,
        endpoint: cloud.receiver.url,
      }),
    );
    expect(await control.deliveries(`?after=${String(text?.['number'])}`)).toEqual([]);
    expect(await control.deliveries(`?conversation=${conversation}&limit=1`)).toEqual([text!]);
  });

  const refused: readonly (readonly [string, string, unknown, number, RegExp])[] = [
    ['POST', '/clock/advance', {}, 400, /how far/i],
    ['POST', '/clock/advance', { weeks: 1 }, 400, /weeks/],
    ['POST', '/clock/advance', { days: 401 }, 400, /400 days/],
    ['POST', '/faults', { on: 'call', kind: 'nothing' }, 400, /kind/],
    ['DELETE', '/faults/fault-9', undefined, 404, /fault-9/],
    ['PATCH', '/settings', { signature: { algorithm: 'md5', encoding: 'hex' } }, 400, /signature/],
    ['PATCH', '/settings', { colour: 'red' }, 400, /colour/],
    ['GET', '/accounts/elsewhere/apps', undefined, 404, /elsewhere/],
    ['GET', '/accounts/64467156', undefined, 404, /64467156/],
    ['POST', '/accounts/demo/conversations/none/say', { text: 'x' }, 404, /none/],
    ['POST', '@/say', { text: 'x', chatState: 'ACTIVE' }, 400, /exactly one/],
    ['POST', '@/say', {}, 400, /exactly one/],
    ['POST', '@/say', { text: 'x', agent: 'nobody' }, 404, /nobody/],
    ['POST', '@/join', { role: 'CONSUMER' }, 400, /role/],
    ['POST', '@/leave', {}, 409, /owns/],
    ['POST', '@/transfer', { skillId: 'many' }, 400, /skillId/],
    ['GET', '/deliveries?after=x', undefined, 400, /after/],
    ['GET', '/deliveries?outcome=good', undefined, 400, /outcome/],
    ['GET', '/nothing', undefined, 404, /nothing/],
  ];
  for (const [method, path, body, status, words] of refused) {
    it(`refuses ${method} ${path} ${body === undefined ? '' : JSON.stringify(body)} with ${status} and says why`, async () => {
      const answer = await control.call(method, path.replace('@', at()), body);

      expect(answer.status).withContext(answer.text).toBe(status);
      expect(answer.textAt('error', 'message')).toMatch(words);
    });
  }

  it('keeps web pages out: no CORS, no other origin, no other name for this machine', async () => {
    const call = (headers: Record<string, string>): ReturnType<typeof control.call> =>
      control.call('POST', '/state/reset', undefined, headers);

    for (const headers of [
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await call(headers);
      expect(answer.status).withContext(JSON.stringify(headers)).toBe(403);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect((await control.get('/accounts')).at('accounts', 0, 'id')).toBe('demo');
  });

  it('is off, and says how to turn it on, where other machines can reach the emulator', async () => {
    await using open = await startTestCloud({ host: '0.0.0.0' });
    await using allowed = await startTestCloud({ host: '0.0.0.0', isControlEnabled: true });

    const refusal = await new ControlCaller(open.emulator.origin).get('/clock');
    expect(refusal.status).toBe(403);
    expect(refusal.text).toContain('EMULATOR_CONTROL');
    expect((await new ControlCaller(allowed.emulator.origin).get('/clock')).status).toBe(200);
  });
});
