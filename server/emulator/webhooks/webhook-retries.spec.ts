import type { ServerResponse } from 'node:http';

import { WEBHOOK_EVENT_TYPES } from '#protocol/app-installation';

import type { Consumer } from '../testing/caller.ts';
import { ControlCaller, eventually } from '../testing/control-caller.ts';
import { startTestCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { messagesOf } from '../testing/webhook-receiver.ts';
import type { ReceivedWebhook } from '../testing/webhook-receiver.ts';
import { VirtualClock } from '../virtual-clock.ts';

const CHAT_STATE = 'ms.MessagingEventNotification.ChatStateEvent';
const THREE_DAYS_S = 259_200;

/** Attempts at these seconds, for a retention time: 0, 2, 6, 14 … 510 and then every 300 s. */
function timelineUntil(retentionS: number): number[] {
  const times = [0];
  for (let wait = 2; ; wait = Math.min(wait * 2, 300)) {
    const next = (times.at(-1) ?? 0) + wait;
    if (next > retentionS) return times;
    times.push(next);
  }
}

describe('Retries of webhooks (§8.6), on the virtual clock', () => {
  let clock: VirtualClock;
  let cloud: TestCloud;
  let control: ControlCaller;
  let consumer: Consumer;
  let conversation: string;
  beforeEach(async () => {
    clock = new VirtualClock();
    clock.stop();
    cloud = await startTestCloud({ clock });
    control = new ControlCaller(cloud.emulator.origin);
    consumer = await cloud.caller.consumer();
    conversation = await cloud.caller.opened(consumer);
    await cloud.receiver.waitForConversation(() => true);
    await idle();
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    clock.close();
  });

  /** Gives every event type these members, and the app this retention time. */
  async function configure(
    webhook: object,
    retentionTime?: number,
    perType: Record<string, object> = {},
  ): Promise<void> {
    const app = await cloud.caller.app();
    const headers = await cloud.caller.bearer();
    const path = cloud.caller.installationsPath(app.id);
    const revision = (await cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
    const entries = WEBHOOK_EVENT_TYPES.map(
      (type) => [type, { endpoint: cloud.receiver.url, ...webhook, ...perType[type] }] as const,
    );
    const webhooks = {
      ...Object.fromEntries<object>(entries),
      ...(retentionTime !== undefined && { retry: { retention_time: retentionTime } }),
    };
    const body = { ...app, capabilities: { webhooks } };
    const answer = await cloud.caller.call(path, {
      method: 'PUT',
      headers: { ...headers, 'if-match': revision },
      body,
    });
    expect(answer.status).withContext(answer.text).toBe(200);
  }

  /** Answers with these statuses in turn, the last one for ever, and gives the seconds at which they came. */
  function answering(...statuses: number[]): number[] {
    const start = clock.now();
    const times: number[] = [];
    cloud.receiver.respond = (_webhook, response) => {
      const status = statuses[times.length] ?? statuses.at(-1) ?? 200;
      times.push((clock.now() - start) / 1000);
      response.writeHead(status, { location: '/elsewhere' }).end();
    };
    return times;
  }

  /** Until everything that was said has been tried, as far as the time allows. */
  const idle = (): Promise<void> => clock.advance(0);
  const say = async (text: string): Promise<void> => {
    await cloud.caller.say(consumer, conversation, text);
    await idle();
  };
  const texts = (): unknown[] => cloud.receiver.messages.map(({ event }) => event['message']);
  const phase = async (): Promise<unknown> => (await control.standing())['phase'];
  const outcomes = async (): Promise<unknown[]> =>
    (await control.deliveries()).map(({ outcome }) => outcome).slice(1);

  describe('counted by max_retries', () => {
    for (const maxRetries of [0, 1, 2, 3, 4, 5]) {
      it(`come ${maxRetries} times, 30 s apart, for max_retries ${maxRetries}`, async () => {
        await configure({ max_retries: maxRetries });
        const times = answering(500);
        await say('lost');

        await clock.advance(3_600_000);

        expect(times).toEqual(Array.from({ length: maxRetries + 1 }, (_, index) => 30 * index));
        expect((await outcomes()).at(-1)).toBe('lost');
        expect(await phase()).toBe('UP');
      });
    }

    it('end when one is taken', async () => {
      await configure({ max_retries: 5 });
      const times = answering(500, 503, 201);
      await say('taken in the end');

      await clock.advance(3_600_000);

      expect(times).toEqual([0, 30, 60]);
      expect(await outcomes()).toEqual(['failed', 'failed', 'delivered']);
    });

    it('do not keep the order: what comes later is not held up', async () => {
      await configure({ max_retries: 5 });
      answering(500, 200);
      for (const text of ['one', 'two', 'three']) await say(text);

      await clock.advance(60_000);

      expect(texts()).toEqual(['one', 'two', 'three', 'one']);
    });

    it('repeat the same bytes with the same signature', async () => {
      await configure({ max_retries: 1 });
      answering(500, 200);
      await say('🙂');
      await clock.advance(30_000);

      const [first, second] = cloud.receiver.received.slice(-2);
      expect(second?.rawBody.equals(first?.rawBody ?? Buffer.alloc(0))).toBeTrue();
      expect(second?.headers['x-liveperson-signature']).toBe(first?.headers['x-liveperson-signature']);
    });
  });

  describe('within a retention time', () => {
    for (const retention of [2, 5, 6, 13, 14, 60, 510, 809, 810, 3600, 86_400, THREE_DAYS_S]) {
      const expected = timelineUntil(retention);
      it(`of ${retention} s come ${expected.length - 1} times, then the webhook is too old`, async () => {
        await configure({}, retention);
        const times = answering(500);
        await say('never taken');

        await clock.advance(retention * 1000);
        expect(times).toEqual(expected);
        await clock.advance(600_000);

        expect(times.length).toBe(expected.length);
        expect((await outcomes()).at(-1)).toBe('expired');
        expect((await control.standing())['waiting']).toBe(0);
      });
    }

    it('overrule max_retries', async () => {
      await configure({ max_retries: 5 }, 20);
      const times = answering(500);
      await say('never taken');

      await clock.advance(3_600_000);

      expect(times).toEqual([0, 2, 6, 14]);
    });

    it('let the app fail, recover after a probe, drain its queue in order and be up again', async () => {
      await configure({}, 3600);
      const times = answering(500, 500, 200);
      await say('one');
      expect(await phase()).toBe('FAILED');
      for (const text of ['two', 'three', 'four']) await say(text);
      expect(texts()).toEqual(['one']);
      expect((await control.standing())['waiting']).toBe(4);

      await clock.advance(2000);
      expect(await phase()).toBe('FAILED');
      await clock.advance(4000);
      expect(await phase()).toBe('IN TRANSITION');
      await say('five');
      await clock.advance(3999);
      expect(texts()).toEqual(['one', 'one', 'one']);
      await clock.advance(1);

      expect(texts()).toEqual(['one', 'one', 'one', 'two', 'three', 'four', 'five']);
      expect(times.slice(3)).toEqual([10, 10, 10, 10]);
      expect(await phase()).toBe('UP');
      expect((await control.standing())['waiting']).toBe(0);
    });

    it('hold back the events of all types, also those that would not have stopped the app', async () => {
      await configure({}, 3600, { [CHAT_STATE]: { max_retries: 0 } });
      answering(500, 200);
      await say('fails');
      await cloud.caller.publish(consumer, conversation, { type: 'ChatStateEvent', chatState: 'COMPOSING' });
      await idle();
      expect(cloud.receiver.messages.length).toBe(1);

      await clock.advance(6000);

      expect(cloud.receiver.messages.map(({ event }) => event.type)).toEqual([
        'ContentEvent',
        'ContentEvent',
        'ChatStateEvent',
      ]);
    });

    it('do not let the app fail by an event type with max_retries: 0 written explicitly', async () => {
      await configure({}, 3600, { [CHAT_STATE]: { max_retries: 0 } });
      answering(500, 200);
      await cloud.caller.publish(consumer, conversation, { type: 'ChatStateEvent', chatState: 'COMPOSING' });
      await idle();

      expect(await phase()).toBe('UP');
      expect(await outcomes()).toEqual(['lost']);
      await say('goes through');
      expect(texts().at(-1)).toBe('goes through');
    });

    it('begin anew when the app fails again while its queue drains', async () => {
      await configure({}, 3600);
      const times = answering(500, 200, 200, 500, 200);
      for (const text of ['one', 'two', 'three', 'four']) await say(text);

      await clock.advance(6000);
      expect(await phase()).toBe('FAILED');
      await clock.advance(20_000);

      expect(texts()).toEqual(['one', 'one', 'two', 'three', 'three', 'four']);
      expect(times).toEqual([0, 2, 6, 6, 8, 12]);
      expect(await phase()).toBe('UP');
    });

    it('keep the order within each of many conversations', async () => {
      await configure({}, 3600);
      const others = await Promise.all([1, 2, 3].map((n) => cloud.caller.consumer(`other-${n}`)));
      answering(200, 200, 200, 500, 500, 500, 500, 200);
      const opened = await Promise.all(others.map((other) => cloud.caller.opened(other)));
      for (const text of ['a', 'b', 'c', 'd']) {
        await Promise.all(others.map((other, index) => cloud.caller.say(other, opened[index] ?? '', text)));
      }

      await clock.advance(600_000);

      for (const id of opened) {
        const told = cloud.receiver.messages.filter((message) => message.conversationId === id);
        const once = told
          .map(({ sequence }) => sequence)
          .filter((sequence, at, all) => all.indexOf(sequence) === at);
        expect(once).toEqual([0, 1, 2, 3]);
        const delivered = told.map(({ sequence = -1 }) => sequence);
        expect(delivered).toEqual(delivered.toSorted((one, other) => one - other));
      }
      expect(await phase()).toBe('UP');
    });

    it('concern one app only', async () => {
      await configure({}, 3600);
      await cloud.caller.post(
        cloud.caller.installationsPath(),
        {
          client_name: 'Second',
          scope: 'msg.consumer',
          capabilities: {
            webhooks: {
              'ms.MessagingEventNotification.ContentEvent': { endpoint: cloud.receiver.urlOf('/second') },
            },
          },
        },
        await cloud.caller.bearer(),
      );
      cloud.receiver.respond = ({ path }, response) => {
        response.writeHead(path === '/second' ? 200 : 500).end();
      };
      for (const text of ['one', 'two']) await say(text);

      const second = cloud.receiver.received.filter(({ path }) => path === '/second');
      expect(second.flatMap(messagesOf).map(({ event }) => event['message'])).toEqual(['one', 'two']);
      expect(await phase()).toBe('FAILED');
    });

    it('go where the app says meanwhile: a corrected endpoint gets what has waited', async () => {
      await configure({ endpoint: cloud.receiver.urlOf('/wrong') }, 3600);
      cloud.receiver.respond = ({ path }, response) => {
        response.writeHead(path === '/wrong' ? 404 : 200).end();
      };
      for (const text of ['one', 'two']) await say(text);
      await configure({}, 3600);

      await clock.advance(6000);

      const right = cloud.receiver.received.filter(({ path }) => path !== '/wrong').slice(1);
      expect(right.flatMap(messagesOf).map(({ event }) => event['message'])).toEqual(['one', 'two']);
    });

    it('end when the retention time is taken away: the app has no failed state then', async () => {
      await configure({}, 3600);
      answering(500);
      for (const text of ['one', 'two']) await say(text);
      await configure({});

      await clock.advance(6000);

      expect(await phase()).toBe('UP');
      expect((await control.standing())['waiting']).toBe(0);
    });

    it('end when the app is switched off: it wants nothing any more', async () => {
      await configure({}, 3600);
      answering(500);
      for (const text of ['one', 'two']) await say(text);
      const app = await cloud.caller.app();
      const headers = await cloud.caller.bearer();
      const path = cloud.caller.installationsPath(app.id);
      const revision = (await cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
      await cloud.caller.call(path, {
        method: 'PUT',
        headers: { ...headers, 'if-match': revision },
        body: { ...app, enabled: false },
      });

      await clock.advance(600_000);

      expect((await outcomes()).slice(1)).toEqual(['unwanted', 'unwanted']);
    });

    it('are probed at once with the first webhook after everything has become too old', async () => {
      await configure({}, 2);
      const times = answering(500, 500, 200);
      await say('too old');
      await clock.advance(600_000);

      await say('new');

      expect(times).toEqual([0, 2, 600]);
      expect(await phase()).toBe('IN TRANSITION');
    });
  });

  describe('follow every answer but 200 and 201 (§8.5)', () => {
    const failures: readonly (readonly [string, (response: ServerResponse) => void])[] = [
      ...[202, 204, 301, 302, 307, 400, 401, 404, 410, 429, 500, 503].map(
        (status) =>
          [
            `status ${status}`,
            (response: ServerResponse) => void response.writeHead(status, { location: '/elsewhere' }).end(),
          ] as const,
      ),
      ['a closed connection', (response) => void response.destroy()],
      [
        'a broken answer',
        (response) =>
          void response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy()),
      ],
    ];
    for (const [name, respond] of failures) {
      it(`after ${name}`, async () => {
        await configure({ max_retries: 1 });
        cloud.receiver.respond = (_webhook, response) => respond(response);
        await say('failed');
        cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();

        await clock.advance(30_000);

        expect(await outcomes()).toEqual(['failed', 'delivered']);
        expect(new Set(texts())).toEqual(new Set(['failed']));
      });
    }

    for (const status of [200, 201]) {
      it(`not after ${status}`, async () => {
        await configure({ max_retries: 5 });
        const times = answering(status);
        await say('taken');

        await clock.advance(3_600_000);

        expect(times).toEqual([0]);
      });
    }
  });

  describe('follow silence after 5 s (§8.5)', () => {
    it('and not before', async () => {
      await configure({ max_retries: 1 });
      const start = clock.now();
      const times: number[] = [];
      cloud.receiver.respond = () => void times.push((clock.now() - start) / 1000);
      await cloud.caller.say(consumer, conversation, 'not answered');
      await cloud.receiver.waitForMessage(() => true);

      await clock.advance(4999, { patienceMs: 10 });
      expect(await outcomes()).toEqual([]);
      await clock.advance(1, { patienceMs: 10 });
      await eventually(async () => (await outcomes()).length === 1);
      await clock.advance(40_000, { patienceMs: 10 });

      expect(times).toEqual([0, 35]);
      const [, first] = await control.deliveries();
      expect(first).toEqual(
        jasmine.objectContaining({ outcome: 'failed', status: null, failure: 'answering took too long' }),
      );
    });
  });

  describe('of a slow endpoint (§8.5)', () => {
    /** Answers after this time of the virtual clock. */
    const answerAfter = (ms: number): void => {
      cloud.receiver.respond = (_webhook, response) => {
        clock.schedule(ms, () => {
          void clock.track(new Promise((resolve) => response.once('close', resolve)));
          response.writeHead(200).end();
        });
      };
    };
    const slowText = async (text: string): Promise<void> => {
      const before = cloud.receiver.received.length;
      await cloud.caller.say(consumer, conversation, text);
      await eventually(() => cloud.receiver.received.length > before);
      await clock.advance(3000, { patienceMs: 10 });
      await eventually(async () => (await control.deliveries()).length > before);
    };
    const endpoint = async (): Promise<Record<string, unknown>> => {
      const { endpoints } = await control.standing();
      return (endpoints as Record<string, unknown>[])[0] ?? {};
    };

    it('end after two minutes of slowness: it is switched off without a word to it', async () => {
      answerAfter(3000);
      await slowText('slow');
      expect((await endpoint())['slowSince']).not.toBeNull();
      await clock.advance(118_000);
      await slowText('still slow');

      expect((await endpoint())['isSwitchedOff']).toBeTrue();
      cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
      await say('never arrives');
      expect(texts()).toEqual(['slow', 'still slow']);
      expect((await control.deliveries()).at(-1)).toEqual(
        jasmine.objectContaining({ outcome: 'lost', failure: jasmine.stringContaining('switched off') }),
      );
    });

    it('go on after a change of the installation, or when people switch it on again', async () => {
      answerAfter(3000);
      cloud.emulator.settings.webhookSwitchOffMs = 1;
      await slowText('slow');
      cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
      await say('lost');
      const { client_id: app } = await cloud.caller.app();

      await control.post(`/accounts/demo/apps/${app}/switch-on`);
      await say('by hand');
      answerAfter(3000);
      await slowText('slow again');
      cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
      await configure({});
      await say('by change');

      expect(texts()).toEqual(['slow', 'by hand', 'slow again', 'by change']);
    });

    it('go on as long as it answers within 2.5 s', async () => {
      for (let minute = 0; minute < 5; minute += 1) {
        await say(`minute ${minute}`);
        await clock.advance(60_000);
      }

      expect((await endpoint())['isSwitchedOff']).toBeFalse();
      expect(texts().length).toBe(5);
    });
  });

  describe('after a change of the installation (§4.2.1)', () => {
    const pathOf = (text: string): string | undefined =>
      cloud.receiver.received.find((webhook: ReceivedWebhook) =>
        messagesOf(webhook).some(({ event }) => event['message'] === text),
      )?.path;

    it('go to the old endpoint for two minutes where the settings say so', async () => {
      cloud.emulator.settings.installationEffectDelayMs = 120_000;
      await configure({ endpoint: cloud.receiver.urlOf('/new') });
      await say('just after');
      await clock.advance(119_999);
      await say('just before');
      await clock.advance(1);
      await say('afterwards');

      expect(['just after', 'just before', 'afterwards'].map(pathOf)).toEqual([
        '/notifications/event',
        '/notifications/event',
        '/new',
      ]);
    });

    it('go to the new endpoint at once by default', async () => {
      await configure({ endpoint: cloud.receiver.urlOf('/new') });
      await say('at once');

      expect(pathOf('at once')).toBe('/new');
    });
  });
});
