import { TestBed } from '@angular/core/testing';

import { EmulatorClient } from '../../bridge/emulator-client';
import { buildFailure } from '../../testing/build-failure';
import { settle } from '../../testing/provide-conversation';
import { EmulatorDesk } from './emulator-desk';

/** What the desk asks for is answered when the spec wants it. */
function playedDesk() {
  const client: Pick<EmulatorClient, 'faults' | 'settings'> = {
    faults: () => Promise.resolve([]),
    settings: () => Promise.resolve({ hasSurvey: true }),
  };
  TestBed.configureTestingModule({
    providers: [EmulatorDesk, { provide: EmulatorClient, useValue: client }],
  });
  const asked: { words: string; answer: (failure?: Error) => void }[] = [];
  const desk = TestBed.inject(EmulatorDesk);
  const run = (words: string) =>
    desk.run(words, () => {
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      asked.push({ words, answer: (failure) => (failure ? reject(failure) : resolve(undefined)) });
      return promise;
    });
  return { desk, run, asked };
}

describe('EmulatorDesk', () => {
  it('does all it is asked for, one after the other, however fast that is', async () => {
    const { desk, run, asked } = playedDesk();
    const done = Promise.all([run('first'), run('second'), run('third')]);
    await settle();
    expect(asked.map(({ words }) => words)).toEqual(['first']);

    asked[0]!.answer();
    await settle();
    asked[1]!.answer(buildFailure('upstream-unreachable'));
    await settle();
    asked[2]!.answer();

    expect(await done).toEqual([true, false, true]);
    expect(asked.map(({ words }) => words)).toEqual(['first', 'second', 'third']);
    expect(desk.told()).toBe('third');
    expect(desk.failure()).not.toBeNull();
  });
});
