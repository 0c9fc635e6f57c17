import { RetryBench } from '../testing/retry-bench.ts';
import { messagesOf } from '../testing/webhook-receiver.ts';

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

describe('Retries of webhooks by time, on the virtual clock (§8.6)', () => {
  const bench = new RetryBench();
  const { configure, answering, idle, say, texts, phase, outcomes } = bench;

  describe('within a retention time', () => {
    for (const retention of [2, 5, 6, 13, 14, 60, 510, 809, 810, 3600, 86_400, THREE_DAYS_S]) {
      const expected = timelineUntil(retention);
      it(`of ${retention} s come ${expected.length - 1} times, then the webhook is too old`, async () => {
        await configure({}, retention);
        const times = answering(500);
        await say('never taken');

        await bench.clock.advance(retention * 1000);
        expect(times).toEqual(expected);
        await bench.clock.advance(600_000);

        expect(times.length).toBe(expected.length);
        expect((await outcomes()).at(-1)).toBe('expired');
        expect((await bench.control.standing())['waiting']).toBe(0);
      });
    }

    it('overrule max_retries', async () => {
      await configure({ max_retries: 5 }, 20);
      const times = answering(500);
      await say('never taken');

      await bench.clock.advance(3_600_000);

      expect(times).toEqual([0, 2, 6, 14]);
    });

    it('let the app fail, recover after a probe, drain its queue in order and be up again', async () => {
      await configure({}, 3600);
      const times = answering(500, 500, 200);
      await say('one');
      expect(await phase()).toBe('FAILED');
      for (const text of ['two', 'three', 'four']) await say(text);
      expect(texts()).toEqual(['one']);
      expect((await bench.control.standing())['waiting']).toBe(4);

      await bench.clock.advance(2000);
      expect(await phase()).toBe('FAILED');
      await bench.clock.advance(4000);
      expect(await phase()).toBe('IN TRANSITION');
      await say('five');
      await bench.clock.advance(3999);
      expect(texts()).toEqual(['one', 'one', 'one']);
      await bench.clock.advance(1);

      expect(texts()).toEqual(['one', 'one', 'one', 'two', 'three', 'four', 'five']);
      expect(times.slice(3)).toEqual([10, 10, 10, 10]);
      expect(await phase()).toBe('UP');
      expect((await bench.control.standing())['waiting']).toBe(0);
    });

    it('hold back the events of all types, also those that would not have stopped the app', async () => {
      await configure({}, 3600, { [CHAT_STATE]: { max_retries: 0 } });
      answering(500, 200);
      await say('fails');
      await bench.cloud.caller.publish(bench.consumer, bench.conversation, {
        type: 'ChatStateEvent',
        chatState: 'COMPOSING',
      });
      await idle();
      expect(bench.cloud.receiver.messages.length).toBe(1);

      await bench.clock.advance(6000);

      expect(bench.cloud.receiver.messages.map(({ event }) => event.type)).toEqual([
        'ContentEvent',
        'ContentEvent',
        'ChatStateEvent',
      ]);
    });

    it('do not let the app fail by an event type with max_retries: 0 written explicitly', async () => {
      await configure({}, 3600, { [CHAT_STATE]: { max_retries: 0 } });
      answering(500, 200);
      await bench.cloud.caller.publish(bench.consumer, bench.conversation, {
        type: 'ChatStateEvent',
        chatState: 'COMPOSING',
      });
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

      await bench.clock.advance(6000);
      expect(await phase()).toBe('FAILED');
      await bench.clock.advance(20_000);

      expect(texts()).toEqual(['one', 'one', 'two', 'three', 'three', 'four']);
      expect(times).toEqual([0, 2, 6, 6, 8, 12]);
      expect(await phase()).toBe('UP');
    });

    it('keep the order within each of many conversations', async () => {
      await configure({}, 3600);
      const others = await Promise.all([1, 2, 3].map((n) => bench.cloud.caller.consumer(`other-${n}`)));
      answering(200, 200, 200, 500, 500, 500, 500, 200);
      const opened = await Promise.all(others.map((other) => bench.cloud.caller.opened(other)));
      for (const text of ['a', 'b', 'c', 'd']) {
        await Promise.all(
          others.map((other, index) => bench.cloud.caller.say(other, opened[index] ?? '', text)),
        );
      }

      await bench.clock.advance(600_000);

      for (const id of opened) {
        const told = bench.cloud.receiver.messages.filter((message) => message.conversationId === id);
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
      await bench.cloud.caller.post(
        bench.cloud.caller.installationsPath(),
        {
          client_name: 'Second',
          scope: 'msg.consumer',
          capabilities: {
            webhooks: {
              'ms.MessagingEventNotification.ContentEvent': {
                endpoint: bench.cloud.receiver.urlOf('/second'),
              },
            },
          },
        },
        await bench.cloud.caller.bearer(),
      );
      bench.cloud.receiver.respond = ({ path }, response) => {
        response.writeHead(path === '/second' ? 200 : 500).end();
      };
      for (const text of ['one', 'two']) await say(text);

      const second = bench.cloud.receiver.received.filter(({ path }) => path === '/second');
      expect(second.flatMap(messagesOf).map(({ event }) => event['message'])).toEqual(['one', 'two']);
      expect(await phase()).toBe('FAILED');
    });

    it('go where the app says meanwhile: a corrected endpoint gets what has waited', async () => {
      await configure({ endpoint: bench.cloud.receiver.urlOf('/wrong') }, 3600);
      bench.cloud.receiver.respond = ({ path }, response) => {
        response.writeHead(path === '/wrong' ? 404 : 200).end();
      };
      for (const text of ['one', 'two']) await say(text);
      await configure({}, 3600);

      await bench.clock.advance(6000);

      const right = bench.cloud.receiver.received.filter(({ path }) => path !== '/wrong').slice(1);
      expect(right.flatMap(messagesOf).map(({ event }) => event['message'])).toEqual(['one', 'two']);
    });

    it('end when the retention time is taken away: the app has no failed state then', async () => {
      await configure({}, 3600);
      answering(500);
      for (const text of ['one', 'two']) await say(text);
      await configure({});

      await bench.clock.advance(6000);

      expect(await phase()).toBe('UP');
      expect((await bench.control.standing())['waiting']).toBe(0);
    });

    it('end when the app is switched off: it wants nothing any more', async () => {
      await configure({}, 3600);
      answering(500);
      for (const text of ['one', 'two']) await say(text);
      const app = await bench.cloud.caller.app();
      const headers = await bench.cloud.caller.bearer();
      const path = bench.cloud.caller.installationsPath(app.id);
      const revision = (await bench.cloud.caller.call(path, { headers })).headers.get('ac-revision') ?? '';
      await bench.cloud.caller.call(path, {
        method: 'PUT',
        headers: { ...headers, 'if-match': revision },
        body: { ...app, enabled: false },
      });

      await bench.clock.advance(600_000);

      expect((await outcomes()).slice(1)).toEqual(['unwanted', 'unwanted']);
    });

    it('are probed at once with the first webhook after everything has become too old', async () => {
      await configure({}, 2);
      const times = answering(500, 500, 200);
      await say('too old');
      await bench.clock.advance(600_000);

      await say('new');

      expect(times).toEqual([0, 2, 600]);
      expect(await phase()).toBe('IN TRANSITION');
    });
  });
});
