import { runSoak } from '../testing/emulator-soak/soak.ts';

describe('The emulator under a load of faults', () => {
  it('tells every event at least once, in order where that is promised, and gives its memory back (§8.6, §8.7)', async () => {
    const { heapBytes, faults, ...result } = await runSoak({ conversations: 10, messages: 10, seed: 3 });

    expect(result).toEqual(
      jasmine.objectContaining({ missing: 0, outOfOrder: 0, wronglyTold: 0, unexplained: 0 }),
    );
    expect(result.webhooksRefused).toBeGreaterThan(0);
    expect(Object.keys(faults)).toEqual(
      jasmine.arrayContaining(['webhook status', 'webhook reset', 'webhook reorder', 'webhook drop']),
    );
    expect(heapBytes.end).toBeLessThan(heapBytes.start + 2 * 2 ** 20);
  }, 120_000);
});
