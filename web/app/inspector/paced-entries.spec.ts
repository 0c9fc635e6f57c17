import type { LogEntry } from '#protocol/bridge-events';

import { LogWriter } from '../testing/log-entries';
import { PacedEntries } from './paced-entries';

const entryAt = (at: number): readonly LogEntry[] => new LogWriter().agentSays(at, `${at}`).entries;

describe('PacedEntries', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  function start() {
    let now = 1_000;
    spyOn(performance, 'now').and.callFake(() => now);
    const batches: number[] = [];
    const paced = new PacedEntries((entries) => batches.push(entries.length));
    const pass = (ms: number) => {
      now += ms;
      jasmine.clock().tick(ms);
    };
    return { paced, batches, pass };
  }

  it('hands a few over at once, gathers a stream of them, and loses none', () => {
    const { paced, batches, pass } = start();
    for (let at = 0; at < 12; at += 1) paced.take(entryAt(at));
    expect(batches).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);

    pass(200);
    expect(batches.slice(8)).toEqual([4]);
    paced.take(entryAt(12));
    paced.take(entryAt(13));
    expect(batches.length).toBe(9);
    pass(200);
    expect(batches.slice(9)).toEqual([2]);
  });

  it('hands over at once again after a silence', () => {
    const { paced, batches, pass } = start();
    for (let at = 0; at < 9; at += 1) paced.take(entryAt(at));
    pass(200);
    pass(500);
    paced.take(entryAt(9));

    expect(batches.length).toBe(10);
  });

  it('forgets what waits', () => {
    const { paced, batches, pass } = start();
    for (let at = 0; at < 12; at += 1) paced.take(entryAt(at));
    paced.clear();
    pass(500);

    expect(batches.length).toBe(8);
  });
});
