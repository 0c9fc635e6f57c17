import type { GapItem } from '../missing-sequences';
import type { StepTone, TimelineStep } from './timeline-step';

/** What brings a sequence. */
const ARRIVALS: ReadonlySet<StepTone> = new Set(['webhook', 'other-app', 'answer']);

/** The arrows with the gaps among them: each before the webhook or the answer that told of it. `steps` are in their order. */
export function withGapSteps(
  steps: readonly TimelineStep[],
  gaps: readonly GapItem[],
): readonly TimelineStep[] {
  return gaps.reduce<readonly TimelineStep[]>(withGapStep, steps);
}

function withGapStep(steps: readonly TimelineStep[], gap: GapItem): readonly TimelineStep[] {
  const after = steps.findIndex(
    ({ at, tone, clock }) => clock === 'now' || (at >= gap.at && ARRIVALS.has(tone)),
  );
  const place = after === -1 ? steps.length : after;
  const next = steps[place];
  const begins = next?.at === gap.at && next.clock !== 'now';
  const step = gapStep(gap, begins ? next.clock : null);
  // What begins with the arrow begins with the gap above it.
  const rest = begins ? [{ ...next, clock: null }, ...steps.slice(place + 1)] : steps.slice(place);
  return [...steps.slice(0, place), step, ...rest];
}

const gapStep = (
  { id, at, conversationId, words, hint }: GapItem,
  clock: TimelineStep['clock'],
): TimelineStep => ({
  ...{ id, itemId: id, at, conversationId, clock, hint, isInert: true, keys: [] },
  ...{ from: 'cloud', to: 'bridge', tone: 'gap', title: words, detail: '', mark: '' },
  ...{ icon: null, delayMs: null, since: null, isLate: false, isOdd: false },
});
