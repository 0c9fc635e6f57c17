import { asConversationId } from '#protocol/identifiers';

import { silentLog } from '../emulator-log.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { TurnTaker } from './turn-taker.ts';

describe('Taking turns', () => {
  let clock: VirtualClock;
  let stopping: AbortController;
  let turns: (readonly string[])[];
  beforeEach(() => {
    clock = new VirtualClock();
    clock.stop();
    stopping = new AbortController();
    turns = [];
  });
  afterEach(() => clock.close());

  const takerThat = (takeTurn: (inputs: readonly string[]) => Promise<boolean>): TurnTaker<string> =>
    new TurnTaker({
      clock,
      log: silentLog,
      conversationId: asConversationId('c'),
      signal: stopping.signal,
      takeTurn: (inputs) => {
        turns.push(inputs);
        return takeTurn(inputs);
      },
    });
  const taker = (): TurnTaker<string> => takerThat(() => Promise.resolve(true));

  it('looks at nothing within the call, and at what came in the same moment together', async () => {
    const agent = taker();
    agent.notice('one');
    agent.notice('two');
    expect(turns).toEqual([]);

    await clock.advance(0);

    expect(turns).toEqual([['one', 'two']]);
  });

  it('waits for the text after an ACTION, no longer than its patience (§12.4)', async () => {
    taker().notice('action', 1000);
    await clock.advance(999);
    expect(turns).toEqual([]);

    await clock.advance(1);

    expect(turns).toEqual([['action']]);
  });

  it('waits no more once the text has come (§12.4)', async () => {
    const agent = taker();
    agent.notice('action', 1000);
    await clock.advance(10);
    agent.notice('text');

    await clock.advance(0);

    expect(turns).toEqual([['action', 'text']]);
  });

  it('takes the next turn after the one that is being played', async () => {
    const first = Promise.withResolvers<boolean>();
    const agent = takerThat(() => (turns.length === 1 ? first.promise : Promise.resolve(true)));
    agent.notice('one');
    await clock.advance(0);
    agent.notice('two');
    await clock.advance(0);
    expect(turns).toEqual([['one']]);

    first.resolve(true);
    await clock.advance(0);

    expect(turns).toEqual([['one'], ['two']]);
  });

  it('lets lie what came while a turn could not be played to its end', async () => {
    const first = Promise.withResolvers<boolean>();
    const agent = takerThat(() => (turns.length === 1 ? first.promise : Promise.resolve(true)));
    agent.notice('one');
    await clock.advance(0);
    agent.notice('two');
    first.resolve(false);
    await clock.advance(0);
    agent.notice('three');
    await clock.advance(0);

    expect(turns).toEqual([['one'], ['three']]);
  });

  it('stops waiting when everything ends', async () => {
    taker().notice('action', 1000);
    stopping.abort();
    await clock.advance(0);

    expect(clock.read().waitingTasks).toBe(0);
  });
});
