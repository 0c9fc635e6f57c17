import { isTooComplex } from './json-complexity.ts';

const LIMITS = { maxDepth: 3, maxMembers: 5 };

describe('the complexity of JSON', () => {
  const judged = (json: string): boolean => isTooComplex(Buffer.from(json), LIMITS);

  for (const json of [
    '',
    '1',
    '[[[]]]',
    '{"a":{"b":{}}}',
    '[1,2,3,4,5]',
    '[[],[],[]]'.slice(0, 7),
    '"[[[[[["',
  ]) {
    it(`takes ${json}`, () => expect(judged(json)).toBeFalse());
  }

  for (const json of [
    '[[[[',
    '{"a":{"b":{"c":{}}}}',
    '[1,2,3,4,5,6]',
    '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}',
  ]) {
    it(`refuses ${json}`, () => expect(judged(json)).toBeTrue());
  }

  it('does not count what stands in texts, whatever they escape', () => {
    expect(judged(String.raw`["[[[[,,,,\"[[[[,,,,", "\\", "é[[[[,,,,"]`)).toBeFalse();
    expect(judged(String.raw`["\\",[[[[]]]]]`)).toBeTrue();
  });

  it('looks at a long text of backslashes and quotes once', () => {
    expect(judged(`"${String.raw`\\`.repeat(500_000)}"`)).toBeFalse();
    expect(judged(`"${String.raw`\"`.repeat(500_000)}"`)).toBeFalse();
  });
});
