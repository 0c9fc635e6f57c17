import { RetryBench } from '../testing/retry-bench.ts';

describe('Retries of webhooks by number, on the virtual clock (§8.6)', () => {
  const bench = new RetryBench();
  const { configure, answering, say, texts, phase, outcomes } = bench;

  describe('counted by max_retries', () => {
    for (const maxRetries of [0, 1, 2, 3, 4, 5]) {
      it(`come ${maxRetries} times, 30 s apart, for max_retries ${maxRetries}`, async () => {
        await configure({ max_retries: maxRetries });
        const times = answering(500);
        await say('lost');

        await bench.clock.advance(3_600_000);

        expect(times).toEqual(Array.from({ length: maxRetries + 1 }, (_, index) => 30 * index));
        expect((await outcomes()).at(-1)).toBe('lost');
        expect(await phase()).toBe('UP');
      });
    }

    it('end when one is taken', async () => {
      await configure({ max_retries: 5 });
      const times = answering(500, 503, 201);
      await say('taken in the end');

      await bench.clock.advance(3_600_000);

      expect(times).toEqual([0, 30, 60]);
      expect(await outcomes()).toEqual(['failed', 'failed', 'delivered']);
    });

    it('do not keep the order: what comes later is not held up', async () => {
      await configure({ max_retries: 5 });
      answering(500, 200);
      for (const text of ['one', 'two', 'three']) await say(text);

      await bench.clock.advance(60_000);

      expect(texts()).toEqual(['one', 'two', 'three', 'one']);
    });

    it('repeat the same bytes with the same signature', async () => {
      await configure({ max_retries: 1 });
      answering(500, 200);
      await say('🙂');
      await bench.clock.advance(30_000);

      const [first, second] = bench.cloud.receiver.received.slice(-2);
      expect(second?.rawBody.equals(first?.rawBody ?? Buffer.alloc(0))).toBeTrue();
      expect(second?.headers['x-liveperson-signature']).toBe(first?.headers['x-liveperson-signature']);
    });
  });
});
