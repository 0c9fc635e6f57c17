import { KeyedQueue } from './keyed-queue.ts';

describe('a queue by key', () => {
  it('runs work of one key in order, of other keys at once, also after a failure', async () => {
    const queue = new KeyedQueue();
    const order: string[] = [];
    const { promise: gate, resolve: open } = Promise.withResolvers<undefined>();

    const first = queue.run('a', async () => {
      await gate;
      order.push('a1');
      throw new Error('a1 failed');
    });
    const second = queue.run('a', () => Promise.resolve(order.push('a2')));
    await queue.run('b', () => Promise.resolve(order.push('b1')));
    open(undefined);

    await expectAsync(first).toBeRejectedWithError('a1 failed');
    await second;
    expect(order).toEqual(['b1', 'a1', 'a2']);
  });
});
