import type { ServerResponse } from 'node:http';

import { eventually } from '../testing/control-caller.ts';
import { RetryBench } from '../testing/retry-bench.ts';
import { messagesOf } from '../testing/webhook-receiver.ts';
import type { ReceivedWebhook } from '../testing/webhook-receiver.ts';

describe('Retries of webhooks (§8.6), on the virtual clock', () => {
  const bench = new RetryBench();
  const { configure, answering, say, texts, outcomes } = bench;

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
        bench.cloud.receiver.respond = (_webhook, response) => respond(response);
        await say('failed');
        bench.cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();

        const failedAt = bench.clock.now();
        await bench.clock.advance(30_000);

        expect(await outcomes()).toEqual(['failed', 'delivered']);
        const [, ...tries] = await bench.control.deliveries();
        expect(tries.map(({ nextAt }) => nextAt)).toEqual([failedAt + 30_000, null]);
        expect(new Set(texts())).toEqual(new Set(['failed']));
      });
    }

    for (const status of [200, 201]) {
      it(`not after ${status}`, async () => {
        await configure({ max_retries: 5 });
        const times = answering(status);
        await say('taken');

        await bench.clock.advance(3_600_000);

        expect(times).toEqual([0]);
      });
    }
  });

  describe('follow silence after 5 s (§8.5)', () => {
    it('and not before', async () => {
      await configure({ max_retries: 1 });
      const start = bench.clock.now();
      const times: number[] = [];
      bench.cloud.receiver.respond = () => void times.push((bench.clock.now() - start) / 1000);
      await bench.cloud.caller.say(bench.consumer, bench.conversation, 'not answered');
      await bench.cloud.receiver.waitForMessage(() => true);

      await bench.clock.advance(4999, { patienceMs: 10 });
      expect(await outcomes()).toEqual([]);
      await bench.clock.advance(1, { patienceMs: 10 });
      await eventually(async () => (await outcomes()).length === 1);
      await bench.clock.advance(30_000, { patienceMs: 10 });
      // On a busy machine it may take longer until it is there than the clock waits.
      await eventually(() => times.length === 2);
      await bench.clock.advance(10_000, { patienceMs: 10 });

      expect(times).toEqual([0, 35]);
      const [, first] = await bench.control.deliveries();
      expect(first).toEqual(
        jasmine.objectContaining({ outcome: 'failed', status: null, failure: 'answering took too long' }),
      );
    });
  });

  describe('of a slow endpoint (§8.5)', () => {
    /** Answers after this time of the virtual clock. */
    const answerAfter = (ms: number): void => {
      bench.cloud.receiver.respond = (_webhook, response) => {
        bench.clock.schedule(ms, () => {
          void bench.clock.track(new Promise((resolve) => response.once('close', resolve)));
          response.writeHead(200).end();
        });
      };
    };
    const slowText = async (text: string): Promise<void> => {
      const before = bench.cloud.receiver.received.length;
      await bench.cloud.caller.say(bench.consumer, bench.conversation, text);
      await eventually(() => bench.cloud.receiver.received.length > before);
      await bench.clock.advance(3000, { patienceMs: 10 });
      await eventually(async () => (await bench.control.deliveries()).length > before);
    };
    const endpoint = async (): Promise<Record<string, unknown>> => {
      const { endpoints } = await bench.control.standing();
      return (endpoints as Record<string, unknown>[])[0] ?? {};
    };

    it('end after two minutes of slowness: it is switched off without a word to it', async () => {
      answerAfter(3000);
      await slowText('slow');
      expect((await endpoint())['slowSince']).not.toBeNull();
      await bench.clock.advance(118_000);
      await slowText('still slow');

      expect((await endpoint())['isSwitchedOff']).toBeTrue();
      bench.cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
      await say('never arrives');
      expect(texts()).toEqual(['slow', 'still slow']);
      expect((await bench.control.deliveries()).at(-1)).toEqual(
        jasmine.objectContaining({ outcome: 'lost', failure: jasmine.stringContaining('switched off') }),
      );
    });

    it('go on after a change of the installation, or when people switch it on again', async () => {
      answerAfter(3000);
      bench.cloud.emulator.settings.webhookSwitchOffMs = 1;
      await slowText('slow');
      bench.cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
      await say('lost');
      const { client_id: app } = await bench.cloud.caller.app();

      await bench.control.post(`/accounts/demo/apps/${app}/switch-on`);
      await say('by hand');
      answerAfter(3000);
      await slowText('slow again');
      bench.cloud.receiver.respond = (_webhook, response) => void response.writeHead(200).end();
      await configure({});
      await say('by change');

      expect(texts()).toEqual(['slow', 'by hand', 'slow again', 'by change']);
    });

    it('go on as long as it answers within 2.5 s', async () => {
      for (let minute = 0; minute < 5; minute += 1) {
        await say(`minute ${minute}`);
        await bench.clock.advance(60_000);
      }

      expect((await endpoint())['isSwitchedOff']).toBeFalse();
      expect(texts().length).toBe(5);
    });
  });

  describe('after a change of the installation (§4.2.1)', () => {
    const pathOf = (text: string): string | undefined =>
      bench.cloud.receiver.received.find((webhook: ReceivedWebhook) =>
        messagesOf(webhook).some(({ event }) => event['message'] === text),
      )?.path;

    it('go to the old endpoint for two minutes where the settings say so', async () => {
      bench.cloud.emulator.settings.installationEffectDelayMs = 120_000;
      await configure({ endpoint: bench.cloud.receiver.urlOf('/new') });
      await say('just after');
      await bench.clock.advance(119_999);
      await say('just before');
      await bench.clock.advance(1);
      await say('afterwards');

      expect(['just after', 'just before', 'afterwards'].map(pathOf)).toEqual([
        '/notifications/event',
        '/notifications/event',
        '/new',
      ]);
    });

    it('go to the new endpoint at once by default', async () => {
      await configure({ endpoint: bench.cloud.receiver.urlOf('/new') });
      await say('at once');

      expect(pathOf('at once')).toBe('/new');
    });
  });
});
