import { seededDraw } from './seeded-draw.ts';

const draws = (seed: number, stream: string, count = 2000): number[] =>
  Array.from({ length: count }, (_, turn) => seededDraw(seed, stream, turn));

describe('A seeded draw', () => {
  it('is the same for the same seed, stream and turn', () => {
    expect(draws(7, 'demo ada')).toEqual(draws(7, 'demo ada'));
  });

  it('differs by seed and by stream', () => {
    expect(draws(7, 'demo ada', 5)).not.toEqual(draws(8, 'demo ada', 5));
    expect(draws(7, 'demo ada', 5)).not.toEqual(draws(7, 'demo bob', 5));
  });

  it('falls evenly between 0 and 1, also for neighbouring seeds and streams', () => {
    const first = Array.from({ length: 2000 }, (_, index) => seededDraw(index, `consumer-${index % 50}`, 0));
    for (const sample of [draws(1, 'x'), draws(2, 'x'), draws(1, ''), first]) {
      expect(sample.every((value) => value >= 0 && value < 1)).toBeTrue();
      for (const share of [0.1, 0.5, 0.9]) {
        const below = sample.filter((value) => value < share).length / sample.length;
        expect(Math.abs(below - share)).toBeLessThan(0.05);
      }
    }
  });
});
