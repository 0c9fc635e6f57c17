import { buildFailure } from '../testing/build-failure';
import { Asked } from './asked';

describe('Asked', () => {
  it('waits, then has the answer', async () => {
    const asked = new Asked<number>();
    const asking = asked.ask(() => Promise.resolve(1));
    expect(asked.isLoading()).toBeTrue();

    await asking;

    expect([asked.isLoading(), asked.value(), asked.failure()]).toEqual([false, 1, null]);
  });

  it('keeps the last answer when a later try is refused', async () => {
    const asked = new Asked<number>();
    await asked.ask(() => Promise.resolve(1));

    await asked.ask(() => Promise.reject(buildFailure('upstream-timeout')));

    expect(asked.value()).toBe(1);
    expect(asked.failure()?.title).toBe('The cloud did not answer in time');
  });

  it('drops a slow answer when a newer question was asked', async () => {
    const asked = new Asked<string>();
    const answer = Promise.withResolvers<string>();
    const slow = asked.ask(() => answer.promise);
    await asked.ask(() => Promise.resolve('new'));

    answer.resolve('old');
    await slow;

    expect(asked.value()).toBe('new');
  });
});
