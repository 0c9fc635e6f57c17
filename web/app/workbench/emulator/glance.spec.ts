import { Glance } from './glance';

/** What is asked for is answered when the spec wants it. */
function playedGlance() {
  const asked: ((answer: string | Error) => void)[] = [];
  const seen: string[] = [];
  const ask = () =>
    new Promise<string>((resolve, reject) => {
      asked.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
  const glance = new Glance(ask, {
    apply: (answer) => seen.push(answer),
    fail: (failure) => seen.push(String(failure)),
  });
  const answer = async (at: number, words: string | Error) => {
    asked[at]!(words);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { glance, asked, seen, answer };
}

describe('Glance', () => {
  it('keeps the answer that was asked for last, and does not wait for it with what comes before', async () => {
    const { glance, seen, answer } = playedGlance();
    for (let look = 0; look < 4; look += 1) void glance.now();

    await answer(0, 'first');
    await answer(2, 'third');
    await answer(1, 'second');
    await answer(3, new Error('fourth'));

    expect(seen).toEqual(['first', 'third', 'Error: fourth']);
  });

  it('makes one look of many, with a rest after each', async () => {
    const { glance, asked, seen, answer } = playedGlance();
    jasmine.clock().install();
    try {
      for (let entry = 0; entry < 50; entry += 1) glance.soon(500);
      expect(asked.length).toBe(1);
      await answer(0, 'a');
      glance.soon(500);
      jasmine.clock().tick(499);
      expect(asked.length).toBe(1);
      jasmine.clock().tick(1);
      expect(asked.length).toBe(2);
      await answer(1, 'b');
      jasmine.clock().tick(60_000);
    } finally {
      jasmine.clock().uninstall();
    }

    expect(asked.length).toBe(2);
    expect(seen).toEqual(['a', 'b']);
  });
});
