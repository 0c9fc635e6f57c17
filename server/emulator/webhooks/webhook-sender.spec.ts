import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';
import type { AppInstallation } from '#protocol/app-installation';

import type { EmulatorLog } from '../emulator-log.ts';
import { Caller } from '../testing/caller.ts';
import type { Consumer } from '../testing/caller.ts';
import { closing } from '../testing/requests.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { isSignedWith, messagesOf } from '../testing/webhook-receiver.ts';
import type { ReceivedWebhook } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';

class RecordingLog implements EmulatorLog {
  readonly entries: { level: string; message: string; fields: object }[] = [];
  info = (fields: object, message: string): void =>
    void this.entries.push({ level: 'info', message, fields });
  warn = (fields: object, message: string): void =>
    void this.entries.push({ level: 'warn', message, fields });
  error = (fields: object, message: string): void =>
    void this.entries.push({ level: 'error', message, fields });
}

const EVENTS = [
  { type: 'ContentEvent', contentType: 'text/plain', message: 'Hi 👋 José' },
  { type: 'RichContentEvent', content: { type: 'vertical', elements: [] } },
  { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [0] },
  { type: 'ChatStateEvent', chatState: 'COMPOSING' },
];

describe('Webhooks (§8)', () => {
  let cloud: TestCloud;
  let log: RecordingLog;
  let consumer: Consumer;
  beforeEach(async () => {
    log = new RecordingLog();
    cloud = await startTestCloud({ log });
    consumer = await cloud.caller.consumer();
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  /** Changes the webhooks of the connector app, or what else is given. */
  async function change(more: object): Promise<AppInstallation> {
    const app = await cloud.caller.app();
    const headers = await cloud.caller.bearer();
    const path = cloud.caller.installationsPath(app.id);
    const revision = (await cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
    const body = { ...app, ...more };
    const answer = await cloud.caller.call(path, {
      method: 'PUT',
      headers: { ...headers, 'if-match': revision },
      body,
    });
    expect(answer.status).withContext(answer.text).toBe(200);
    return app;
  }
  const webhooksTo = (endpoint: (type: string) => object): object => ({
    capabilities: { webhooks: Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [type, endpoint(type)])) },
  });
  const isText =
    (message: string) =>
    (webhook: ReceivedWebhook): boolean =>
      messagesOf(webhook).some(({ event }) => event['message'] === message);

  it('go to the endpoint of their type, with its headers and who is meant (§8.1)', async () => {
    await change(
      webhooksTo((type) => ({
        endpoint: cloud.receiver.urlOf(`/${type}`),
        headers: [
          { header_name: 'X-Own', header_value: type },
          { header_name: 'X-Liveperson-Account-Id', header_value: 'forged' },
          { header_name: 'Content-Length', header_value: '1' },
        ],
      })),
    );
    const app = await cloud.caller.app();
    const conversation = await cloud.caller.opened(consumer);
    for (const event of EVENTS) await cloud.caller.publish(consumer, conversation, event);
    await cloud.receiver.waitForMessage(({ event }) => event.type === 'ChatStateEvent');

    const { received } = cloud.receiver;
    expect(received.map(({ path }) => path)).toEqual(WEBHOOK_EVENT_TYPES.map((type) => `/${type}`));
    for (const { path, headers, rawBody } of received) {
      expect(headers['x-own']).toBe(path.slice(1));
      expect(headers['content-type']).toBe('application/json');
      expect(headers['content-length']).toBe(String(rawBody.byteLength));
      expect(headers['x-liveperson-account-id']).toBe('demo');
      expect(headers['x-liveperson-client-id']).toBe(app.client_id);
    }
  });

  it('are compact JSON with one change, signed over exactly these bytes (§8.2, §8.3)', async () => {
    const { client_secret: secret } = await cloud.caller.app();
    const conversation = await cloud.caller.opened(consumer);
    for (const event of EVENTS) await cloud.caller.publish(consumer, conversation, event);
    await cloud.receiver.waitForMessage(({ event }) => event.type === 'ChatStateEvent');

    for (const webhook of cloud.receiver.received) {
      const { notification, rawBody } = webhook;
      expect(rawBody.toString('utf8')).toBe(JSON.stringify(notification));
      expect(Object.keys(notification)).toEqual(['kind', 'body', 'type']);
      expect(notification.body.changes.length).toBe(1);
      expect(isSignedWith(secret ?? '', webhook)).toBe(true);
      expect(isSignedWith('another', webhook)).toBe(false);
    }
    expect(cloud.receiver.received.some(({ rawBody }) => rawBody.includes('Hi 👋 José'))).toBe(true);
  });

  it('are signed with sha256, or in hex, where the settings say so (§8.2)', async () => {
    const conversation = await cloud.caller.opened(consumer);
    for (const [algorithm, encoding, form] of [
      ['sha256', 'base64', /^sha256=[A-Za-z0-9+/]{43}=$/],
      ['sha1', 'hex', /^sha1=[0-9a-f]{40}$/],
    ] as const) {
      cloud.emulator.settings.signature = { algorithm, encoding };
      await cloud.caller.say(consumer, conversation, algorithm);
      const { headers } = await cloud.receiver.waitFor(isText(algorithm));
      expect(headers['x-liveperson-signature']).toMatch(form);
    }
  });

  it('come from all conversations of the account, to every app that wants them, and to no other account (§8.1)', async () => {
    await cloud.caller.post(
      cloud.caller.installationsPath(),
      {
        client_name: 'Second',
        scope: 'msg.consumer',
        ...webhooksTo(() => ({ endpoint: cloud.receiver.urlOf('/second') })),
      },
      await cloud.caller.bearer(),
    );
    const other = await cloud.caller.consumer('somebody-else');
    const foreign = new Caller(cloud.emulator.origin, 'demo2');
    await foreign.opened(await foreign.consumer());
    await cloud.receiver.waitFor(({ headers }) => headers['x-liveperson-account-id'] === 'demo2');
    const before = cloud.receiver.received.length;

    const [one, two] = [await cloud.caller.opened(consumer), await cloud.caller.opened(other)];
    for (const conversation of [one, two]) {
      for (const path of ['/second', '/notifications/event']) {
        await cloud.receiver.waitFor(
          (webhook) => webhook.path === path && webhook.rawBody.includes(conversation),
        );
      }
    }

    expect(cloud.receiver.received.length).toBe(before + 4);
  });

  it('do not come for types without endpoint, nor to an app that is switched off (§8.8, §8.9)', async () => {
    await change({
      capabilities: {
        webhooks: { 'ms.MessagingEventNotification.ContentEvent': { endpoint: cloud.receiver.url } },
      },
    });
    const conversation = await cloud.caller.opened(consumer);
    await cloud.caller.publish(consumer, conversation, EVENTS[3]);
    await cloud.caller.say(consumer, conversation, 'only this');
    await cloud.receiver.waitFor(isText('only this'));
    expect(cloud.receiver.received.length).toBe(1);
    expect(cloud.receiver.received.every(({ headers }) => headers['x-liveperson-client-id'])).toBe(true);
  });

  it('keep their order within a conversation while the endpoint is slow (§8.9)', async () => {
    const held: (() => void)[] = [];
    cloud.receiver.respond = (_webhook, response) => {
      held.push(() => response.writeHead(200).end());
      if (held.length > 1) return;
      // The first is answered only after everything has been sent.
    };
    const conversation = await cloud.caller.opened(consumer);
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
    for (const text of texts) await cloud.caller.say(consumer, conversation, text);
    await cloud.receiver.waitForConversation(() => true);
    expect(cloud.receiver.received.length).toBe(1);

    cloud.receiver.respond = (_webhook, response) => response.writeHead(201).end();
    held.forEach((answer) => answer());
    await cloud.receiver.waitFor(isText('message 19'));

    expect(cloud.receiver.messages.map(({ event }) => event['message'])).toEqual(texts);
  });

  it('do not wait for other conversations', async () => {
    const slow = await cloud.caller.opened(consumer);
    cloud.receiver.respond = (webhook, response) => {
      if (!webhook.rawBody.includes(slow)) response.writeHead(200).end();
    };
    await cloud.caller.say(consumer, slow, 'never acknowledged');
    const other = await cloud.caller.consumer('somebody-else');
    const conversation = await cloud.caller.opened(other);

    await cloud.caller.say(other, conversation, 'passes by');

    expect(await cloud.receiver.waitFor(isText('passes by'))).toBeTruthy();
  });

  it('are lost when the endpoint answers anything but 200 or 201, redirects included (§8.5, §8.6)', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await cloud.receiver.waitForConversation(() => true);
    for (const status of [204, 302, 404, 500]) {
      cloud.receiver.respond = (_webhook, response) => {
        response.writeHead(status, { location: cloud.receiver.urlOf('/elsewhere') }).end();
      };
      await cloud.caller.say(consumer, conversation, `answered ${status}`);
      await cloud.receiver.waitFor(isText(`answered ${status}`));
    }
    cloud.receiver.respond = (_webhook, response) => response.writeHead(200).end();
    await cloud.caller.send(consumer, closing(conversation));
    await cloud.receiver.waitForConversation(({ result }) => result.conversationDetails.stage === 'CLOSE');

    expect(cloud.receiver.messages.length).toBe(4);
    expect(cloud.receiver.received.map(({ path }) => path)).not.toContain('/elsewhere');
    const lost = log.entries.filter(({ message }) => message === 'webhook lost');
    expect(lost.map(({ fields }) => (fields as { status: number }).status)).toEqual([204, 302, 404, 500]);
  });

  it('are lost when the endpoint does not answer in time, and the next one comes (§8.5)', async () => {
    const clock = new VirtualClock();
    clock.stop();
    await using held = await startTestCloud({ clock, log });
    const writer = await held.caller.consumer();
    const conversation = await held.caller.opened(writer);
    await held.receiver.waitForConversation(() => true);
    held.receiver.respond = () => undefined;
    await held.caller.say(writer, conversation, 'into the void');
    await held.receiver.waitFor(isText('into the void'));
    held.receiver.respond = (_webhook, response) => response.writeHead(200).end();

    await clock.advance(held.emulator.settings.webhookReadTimeoutMs, { patienceMs: 10 });
    await held.caller.say(writer, conversation, 'heard');
    await held.receiver.waitFor(isText('heard'));

    const lost = log.entries.filter(({ message }) => message === 'webhook lost');
    expect(lost.map(({ fields }) => (fields as { failure: string }).failure)).toEqual([
      'answering took too long',
    ]);
  });

  it('never leave this machine: an endpoint elsewhere is told in the log, not called', async () => {
    await change(webhooksTo(() => ({ endpoint: 'https://connector.example.com/event' })));

    const conversation = await cloud.caller.opened(consumer);
    await change(webhooksTo(() => ({ endpoint: cloud.receiver.url })));
    await cloud.caller.say(consumer, conversation, 'here again');
    await cloud.receiver.waitFor(isText('here again'));

    const [lost] = log.entries.filter(({ message }) => message === 'webhook lost');
    expect(lost?.fields).toEqual(
      jasmine.objectContaining({
        endpoint: 'https://connector.example.com/event',
        failure: 'the endpoint is not on this machine, and the emulator calls nothing else',
      }),
    );
  });

  it('come also when the endpoint closes an idle connection just as the next one is sent', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await cloud.receiver.waitForConversation(() => true);
    const sockets = new Set<unknown>();
    cloud.receiver.respond = (_webhook, response) => {
      const isFirstOnSocket = !sockets.has(response.socket);
      sockets.add(response.socket);
      if (isFirstOnSocket) response.writeHead(200).end();
      else response.socket?.resetAndDestroy();
    };
    for (const text of ['one', 'two', 'three']) await cloud.caller.say(consumer, conversation, text);
    await cloud.receiver.waitFor(isText('three'));
    cloud.receiver.respond = (_webhook, response) => response.writeHead(200).end();
    await cloud.caller.say(consumer, conversation, 'four');
    await cloud.receiver.waitFor(isText('four'));

    expect(log.entries.filter(({ message }) => message === 'webhook lost')).toEqual([]);
  });

  it('survive an endpoint that is not there', async () => {
    await change(webhooksTo(() => ({ endpoint: 'http://127.0.0.1:9/' })));
    const conversation = await cloud.caller.opened(consumer);
    await change(webhooksTo(() => ({ endpoint: cloud.receiver.url })));

    await cloud.caller.say(consumer, conversation, 'back');

    expect(await cloud.receiver.waitFor(isText('back'))).toBeTruthy();
    expect(log.entries.some(({ message }) => message === 'webhook lost')).toBe(true);
  });

  it('tell nothing secret to the log', async () => {
    const conversation = await cloud.caller.opened(consumer);
    await cloud.caller.say(consumer, conversation, 'a private word');
    await cloud.receiver.waitFor(isText('a private word'));
    const { client_secret: secret } = await cloud.caller.app();

    const written = JSON.stringify(log.entries);
    expect(written).not.toContain('a private word');
    expect(written).not.toContain(secret ?? '?');
    expect(written).not.toContain('sha1=');
  });
});
