import type { Figures } from './measures.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly floor: string;
  readonly bridge: string;
  readonly ratio: string;
  readonly goal: string;
  /** `null`: there is no goal. */
  readonly isMet: boolean | null;
}

interface Line {
  readonly what: string;
  readonly figure: string;
  readonly unit: string;
  readonly decimals?: number;
  /** What the bridge may be, in floors: at least or at most. */
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
}

const LINES: readonly Line[] = [
  { what: 'Verified and durable events', figure: 'eventsPerSecond', unit: '/s', goal: { atLeast: 0.75 } },
  { what: 'CPU per event', figure: 'cpuMicrosecondsPerEvent', unit: ' µs', goal: { atMost: 1.6 } },
  ...times('Answer at the paced rate', 'answer'),
  ...times('Webhook in to stream out', 'endToEnd'),
  { what: 'Memory per idle stream', figure: 'bytesPerStream', unit: ' B', goal: { atMost: 0.8 } },
  { what: 'Start to first 200', figure: 'startMs', unit: ' ms', goal: { atMost: 3 } },
  { what: 'The same, the first start after an install', figure: 'firstStartMs', unit: ' ms' },
];

const NOTHING_LOST = ['lost', 'lostOverKills', 'shownTwice', 'outOfOrder'];

/** The table's lines: every figure beside the floor's, and whether its goal is met. */
export function compare(floor: Figures, bridge: Figures): readonly Row[] {
  const deliveries = Object.keys(bridge)
    .filter((name) => name.startsWith('cpuMicrosecondsPerDelivery'))
    .map((figure): Line => {
      const streams = figure.replace(/\D+/, '');
      return {
        what: `CPU per delivery to ${streams} streams`,
        figure,
        unit: ' µs',
        decimals: 1,
        goal: { atMost: 0.65 },
      };
    });
  const rows = [...LINES, ...deliveries].map((line) => toRow(line, floor, bridge));
  const faults = NOTHING_LOST.reduce((sum, name) => sum + (bridge[name] ?? 0), 0);
  const nothing = {
    what: 'Lost, doubled or out of order, also over reconnects and SIGKILL',
    floor: '',
    ratio: '',
  };
  return [...rows, { ...nothing, bridge: String(faults), goal: '0', isMet: faults === 0 }];
}

export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ what, floor, bridge, ratio, goal, isMet }) =>
      `| ${what} | ${floor} | ${bridge} | ${ratio} | ${goal} | ${isMet === null ? '' : isMet ? 'met' : '**missed**'} |`,
  );
  return [
    '| what | floor | bridge | ratio | goal | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

function times(what: string, figure: string): readonly Line[] {
  const unit = ' ms';
  return [
    { what: `${what}, p50`, figure: `${figure}P50`, unit, decimals: 2, goal: { atMost: 2 } },
    { what: `${what}, p95`, figure: `${figure}P95`, unit, decimals: 2 },
    { what: `${what}, p99`, figure: `${figure}P99`, unit, decimals: 2 },
  ];
}

function toRow({ what, figure, unit, decimals = 0, goal }: Line, floors: Figures, bridges: Figures): Row {
  const [floor, bridge] = [floors[figure] ?? Number.NaN, bridges[figure] ?? Number.NaN];
  const ratio = bridge / floor;
  const words = (value: number): string => `${value.toFixed(decimals)}${unit}`;
  const compared = { what, floor: words(floor), bridge: words(bridge), ratio: ratio.toFixed(2) };
  if (goal === undefined) return { ...compared, goal: '', isMet: null };
  return 'atLeast' in goal
    ? { ...compared, goal: `≥ ${goal.atLeast}`, isMet: ratio >= goal.atLeast }
    : { ...compared, goal: `≤ ${goal.atMost}`, isMet: ratio <= goal.atMost };
}
