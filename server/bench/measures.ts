import type { KillTestSize } from '../testing/kill-test/kill-test.ts';
import { LoadDriver } from './load-driver.ts';
import type { Relay } from './relay.ts';
import { quantile } from './statistics.ts';

/** Figures of one round by name. */
export type Figures = Readonly<Record<string, number>>;

export interface BenchSize {
  readonly rounds: number;
  readonly floodSeconds: number;
  readonly paceSeconds: number;
  readonly perSecond: number;
  readonly idleStreams: number;
  /** Streams and events of each fan-out. */
  readonly fanOuts: readonly { readonly streams: number; readonly events: number }[];
  readonly starts: number;
  readonly kill: KillTestSize;
}

/** One way to measure a relay that has just started. */
export type Measure = (relay: Relay, size: BenchSize) => Promise<Figures>;

let runs = 0;
const nextRun = (): string => `r${(runs += 1)}`;

/** Events a second with one reader on the stream, and what each costs. */
export const sustained: Measure = async ({ target, usage }, { floodSeconds: seconds }) => {
  await using load = await LoadDriver.start();
  await load.run({ kind: 'open-streams', target, count: 1 });
  await load.run({ kind: 'flood', target, run: nextRun(), seconds: seconds / 2 });
  const before = await usage('cpu');
  const flood = await load.run({ kind: 'flood', target, run: nextRun(), seconds });
  const after = await usage('cpu');
  return {
    eventsPerSecond: flood.taken / flood.seconds,
    cpuMicrosecondsPerEvent: ((after - before) * 1000) / flood.taken,
    lost: flood.taken - flood.delivered,
  };
};

/** Times at a rate that both can keep. */
export const paced: Measure = async ({ target }, { perSecond, paceSeconds }) => {
  await using load = await LoadDriver.start();
  await load.run({ kind: 'open-streams', target, count: 1 });
  await load.run({ kind: 'pace', target, run: nextRun(), perSecond, seconds: 1 });
  const pace = await load.run({ kind: 'pace', target, run: nextRun(), perSecond, seconds: paceSeconds });
  return {
    ...quantiles('answer', pace.answerMs),
    ...quantiles('endToEnd', pace.endToEndMs),
    lost: pace.taken - pace.delivered,
  };
};

/** Memory that a stream holds while nothing happens. */
export const idle: Measure = async ({ target, usage }, { idleStreams: count }) => {
  await using load = await LoadDriver.start();
  await load.run({ kind: 'open-streams', target, count: 50 });
  const before = await usage('memory');
  await load.run({ kind: 'open-streams', target, count });
  const after = await usage('memory');
  return { bytesPerStream: (after - before) / count };
};

/** What it costs to bring one event to one of many readers. */
export const fanOut: Measure = async ({ target, usage }, { fanOuts }) => {
  const figures: Record<string, number> = {};
  await using load = await LoadDriver.start();
  let open = 0;
  for (const { streams, events } of fanOuts) {
    await load.run({ kind: 'open-streams', target, count: streams - open });
    open = streams;
    await load.run({ kind: 'fan-out', target, run: nextRun(), events: events });
    const before = await usage('cpu');
    const { delivered, taken } = await load.run({ kind: 'fan-out', target, run: nextRun(), events });
    const after = await usage('cpu');
    figures[`cpuMicrosecondsPerDeliveryTo${streams}`] = ((after - before) * 1000) / delivered;
    figures['lost'] = (figures['lost'] ?? 0) + taken * streams - delivered;
  }
  return figures;
};

const quantiles = (name: string, values: readonly number[]): Figures => ({
  [`${name}P50`]: quantile(values, 0.5),
  [`${name}P95`]: quantile(values, 0.95),
  [`${name}P99`]: quantile(values, 0.99),
});
