import { runKillTest } from '../testing/kill-test/kill-test.ts';

describe('a bridge that is killed', () => {
  it('has every event that it acknowledged, once and in order, for a reader that reconnects', async () => {
    const result = await runKillTest({ events: 120, kills: 2, drops: 5, senders: 3 });

    expect(result).toEqual(
      jasmine.objectContaining({
        acknowledged: 120,
        lost: 0,
        shownTwice: 0,
        outOfOrder: 0,
        notices: 0,
        kills: 2,
      }),
    );
    // More than the kills alone bring about; a connection that is not there yet cannot break off.
    expect(result.reconnects).toBeGreaterThan(2);
    expect(result.repeated).toBeGreaterThan(0);
  }, 120_000);
});
