import { dayOf } from '../../ui/time-words';
import type { InspectorItem } from '../inspector-item';
import { linkItems, type LinkedItem } from './link-items';
import type { ItemKeys } from './message-keys';
import { planSteps } from './plan-steps';
import type { ClockMark, StepPlan, TimelineStep } from './timeline-step';

/** More arrows than any item makes. */
const PARTS = 4;

/** `planSteps` that works out each item once: in a stream the diagram is laid out again and again. */
export function rememberedPlans(): typeof planSteps {
  const plans = new WeakMap<InspectorItem, readonly StepPlan[]>();
  return (item) => {
    const known = plans.get(item) ?? planSteps(item);
    plans.set(item, known);
    return known;
  };
}

/**
 * The sequence diagram of these items: one arrow below the other in the order of their time, each with the time since
 * its cause. Pure: the same items give the same picture, in whatever order they are given.
 */
export function layoutTimeline(
  items: readonly InspectorItem[],
  plansOf: typeof planSteps = planSteps,
): readonly TimelineStep[] {
  const linked = linkItems(items);
  const begun = beginnings(linked);
  const steps = linked
    .flatMap(({ item, keys }) => stepsOf(item, plansOf(item), keys, causeOf(keys, begun)))
    .sort((one, other) => one.at - other.at || one.id - other.id);
  markClock(steps);
  return steps;
}

/** Its place in time is known only among the others. */
type MarkableStep = Omit<TimelineStep, 'clock'> & { clock: ClockMark };

function stepsOf(
  { id: itemId, conversationId }: InspectorItem,
  plans: readonly StepPlan[],
  { own, about }: ItemKeys,
  cause: Beginning | null,
): MarkableStep[] {
  const keys = [...new Set([...own, ...about])];
  const clock: ClockMark = null;
  return plans.map((plan, part) => {
    const { at, from, to, tone, title, detail, isLate = false } = plan;
    const [id, delayMs] = [itemId * PARTS + part, delayOf(plan, cause, itemId)];
    // Named one by one: tens of thousands are copied, and the build makes a slow call of a spread.
    return { at, from, to, tone, title, detail, isLate, id, itemId, conversationId, keys, delayMs, clock };
  });
}

/** Days and seconds are told where they begin; `steps` are in their order. */
function markClock(steps: readonly MarkableStep[]): void {
  let second = Number.NaN;
  let day = '';
  for (const step of steps) {
    const nextSecond = Math.floor(step.at / 1_000);
    if (nextSecond === second) continue;
    const nextDay = dayOf(step.at);
    step.clock = nextDay === day ? 'second' : 'day';
    second = nextSecond;
    day = nextDay;
  }
}

interface Beginning {
  readonly at: number;
  readonly itemId: number;
}

/** When each message first left, or was stamped by the cloud, or arrived. */
function beginnings(linked: readonly LinkedItem[]): ReadonlyMap<string, Beginning> {
  const begun = new Map<string, Beginning>();
  for (const { item, keys } of linked) {
    for (const key of keys.own) {
      if (!begun.has(key)) begun.set(key, { at: beginningOf(item), itemId: item.id });
    }
  }
  return begun;
}

const beginningOf = (item: InspectorItem): number =>
  item.kind === 'webhook' && item.madeAt !== null ? item.madeAt : item.at;

/** A receipt follows the newest message that it is about. */
function causeOf({ own, about }: ItemKeys, begun: ReadonlyMap<string, Beginning>): Beginning | null {
  const causes = (about.length > 0 ? about : own).flatMap((key) => begun.get(key) ?? []);
  return causes.reduce<Beginning | null>(
    (newest, cause) => (newest === null || cause.at > newest.at ? cause : newest),
    null,
  );
}

function delayOf({ tone, at, tookMs }: StepPlan, cause: Beginning | null, itemId: number): number | null {
  if (tookMs !== undefined) return tookMs;
  const isEffect = tone === 'webhook' || tone === 'screen';
  if (!isEffect || cause === null || cause.itemId === itemId) return null;
  return Math.max(0, at - cause.at);
}

/** The steps of the chosen item and of everything that has a key with it in common. */
export function relatedSteps(steps: readonly TimelineStep[], itemId: number | null): ReadonlySet<number> {
  if (itemId === null) return new Set();
  const keys = new Set(steps.filter((step) => step.itemId === itemId).flatMap((step) => step.keys));
  return new Set(
    steps
      .filter((step) => step.itemId === itemId || step.keys.some((key) => keys.has(key)))
      .map((step) => step.id),
  );
}

/** Of the chosen item: the messages in the chat that it is about, as `dialog/sequence`. */
export function chosenKeys(steps: readonly TimelineStep[], itemId: number | null): readonly string[] {
  if (itemId === null) return [];
  return steps.find((step) => step.itemId === itemId)?.keys ?? [];
}
