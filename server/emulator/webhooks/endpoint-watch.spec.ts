import { QUICK, standingAfter } from './endpoint-watch.ts';
import type { EndpointStanding } from './endpoint-watch.ts';

const LIMITS = { slowMs: 2500, switchOffMs: 120_000 };
const slowSince = (since: number): EndpointStanding => ({ slowSince: since, isSwitchedOff: false });

describe('A slow endpoint (§8.5)', () => {
  const rows: readonly (readonly [string, EndpointStanding, number, number, EndpointStanding])[] = [
    ['answers within 2.5 s: it is quick', QUICK, 0, 2500, QUICK],
    ['takes longer: it is slow from then on', QUICK, 1000, 2501, slowSince(1000)],
    ['is slow again: it has been since the first time', slowSince(1000), 60_000, 3000, slowSince(1000)],
    ['is quick once: all is well again', slowSince(1000), 100_000, 10, QUICK],
    ['is slow for two minutes: it may stay', slowSince(1000), 118_000, 3000, slowSince(1000)],
    [
      'stays slow for more than two minutes: it is switched off',
      slowSince(1000),
      118_001,
      3000,
      { slowSince: 1000, isSwitchedOff: true },
    ],
    [
      'was switched off: no answer changes that',
      { slowSince: 1000, isSwitchedOff: true },
      200_000,
      1,
      { slowSince: 1000, isSwitchedOff: true },
    ],
  ];
  for (const [name, before, at, durationMs, after] of rows) {
    it(name, () => {
      expect(standingAfter(before, { at, durationMs }, LIMITS)).toEqual(after);
    });
  }

  it('is never switched off when the settings say so', () => {
    const after = standingAfter(
      slowSince(0),
      { at: 1e9, durationMs: 9000 },
      { ...LIMITS, switchOffMs: null },
    );

    expect(after.isSwitchedOff).toBeFalse();
  });
});
