import { runKillTest } from '../testing/kill-test/kill-test.ts';
import { fanOut, idle, paced, sustained, type BenchSize, type Figures, type Measure } from './measures.ts';
import { startFloor, startMeasuredBridge, type Relay } from './relay.ts';
import { compare, type Row } from './report.ts';
import { measureStart } from './start-time.ts';
import { median } from './statistics.ts';

export const FULL_SIZE: BenchSize = {
  ...{ rounds: 3, floodSeconds: 3, paceSeconds: 3, perSecond: 1_000, idleStreams: 5_000, starts: 5 },
  fanOuts: [
    { streams: 1_000, events: 30 },
    { streams: 5_000, events: 8 },
  ],
  kill: { events: 2_000, kills: 3, drops: 20, senders: 4 },
};

export const QUICK_SIZE: BenchSize = {
  ...{ rounds: 1, floodSeconds: 0.5, paceSeconds: 1, perSecond: 200, idleStreams: 100, starts: 1 },
  fanOuts: [{ streams: 50, events: 4 }],
  kill: { events: 100, kills: 1, drops: 2, senders: 2 },
};

const MEASURES: Readonly<Record<string, Measure>> = { sustained, paced, idle, fanOut };

/** Floor and bridge in turns, so that what else the machine does hits both alike. */
export async function runBench(size: BenchSize, tell: (words: string) => void): Promise<readonly Row[]> {
  const floor = new Samples();
  const bridge = new Samples();
  for (let round = 1; round <= size.rounds; round += 1) {
    for (const [name, measure] of Object.entries(MEASURES)) {
      tell(`round ${round} of ${size.rounds}: ${name}`);
      floor.add(await measured(startFloor, measure, size));
      bridge.add(await measured(startMeasuredBridge, measure, size));
    }
  }
  tell('starts');
  // After it, Node has kept the compiled code.
  await measureStart('bridge');
  for (let time = 0; time < size.starts; time += 1) {
    const floorMs = await measureStart('floor');
    floor.add({ startMs: floorMs, firstStartMs: floorMs });
    bridge.add({ startMs: await measureStart('bridge'), firstStartMs: await measureStart('bridge', true) });
  }
  tell('reconnects and SIGKILL');
  const { lost, shownTwice, outOfOrder } = await runKillTest(size.kill);
  return compare(floor.medians(), { ...bridge.medians(), lostOverKills: lost, shownTwice, outOfOrder });
}

async function measured(start: () => Promise<Relay>, measure: Measure, size: BenchSize): Promise<Figures> {
  await using relay = await start();
  return await measure(relay, size);
}

/** Figures of several rounds. */
class Samples {
  private readonly byName = new Map<string, number[]>();

  add(figures: Figures): void {
    for (const [name, value] of Object.entries(figures)) {
      this.byName.set(name, [...(this.byName.get(name) ?? []), value]);
    }
  }

  medians(): Figures {
    return Object.fromEntries([...this.byName].map(([name, values]) => [name, median(values)]));
  }
}
