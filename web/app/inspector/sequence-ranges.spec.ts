import { sequenceRanges } from './sequence-ranges';

describe('sequences in words', () => {
  it('are ranges where they follow one another', () => {
    expect(sequenceRanges([9, 10, 11, 12, 20, 22, 23])).toBe('9–12, 20, 22, 23');
  });

  it('stay in the order in which they came, each of them told', () => {
    expect(sequenceRanges([3, 2, 2, 3, 4])).toBe('3, 2, 2–4');
  });

  it('are nothing for what is no list, and themselves for what is no number', () => {
    expect([sequenceRanges('1, 2'), sequenceRanges([]), sequenceRanges(['x', 1, null])]).toEqual([
      '',
      '',
      'x, 1, null',
    ]);
  });
});
