import { fitOf, fitOfAll } from './letters';

describe('fitOf', () => {
  it('takes letters in order, whatever is between them, and nothing else', () => {
    expect(fitOf('stp', 'set up webhooks')).toBeGreaterThan(0);
    expect(fitOf('psu', 'set up webhooks')).toBe(0);
    expect(fitOf('zzz', 'set up webhooks')).toBe(0);
  });

  it('finds beginnings better than insides, these better than scattered letters, close ones better than far ones', () => {
    const fits = ['open chat', 'go and open', 'reopened', 'o, p: even', 'of plain weather in'].map((text) =>
      fitOf('open', text),
    );

    expect(fits).toEqual(fits.toSorted((a, b) => b - a));
    expect(new Set(fits).size).toBe(fits.length);
    expect(fitOf('oc', 'open chat')).toBeGreaterThan(fitOf('oc', 'go to cloud'));
  });

  it('wants each of several words somewhere', () => {
    expect(fitOfAll(['chck', 'blue'], ['check webhooks', 'blue connector'])).toBeGreaterThan(0);
    expect(fitOfAll(['check', 'red'], ['check webhooks', 'blue connector'])).toBe(0);
    expect(fitOfAll([], ['anything'])).toBe(0);
  });
});
