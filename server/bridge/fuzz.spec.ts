import { runFuzz } from '../testing/fuzz/fuzz.ts';

describe('hostile requests', () => {
  it('are answered, never with a 5xx, and leave the bridge ready', async () => {
    const { statuses } = await runFuzz({ runs: 400 });

    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(400);
    // Some of them must get past the first checks, or nothing was tried.
    expect(statuses['200']).toBeGreaterThan(10);
  }, 60_000);
});
