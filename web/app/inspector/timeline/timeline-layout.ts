import type { InspectorItem } from '../inspector-item';
import { linkItems, type LinkedItem } from './link-items';
import { planSteps } from './plan-steps';
import type { StepPlan, TimelineStep } from './timeline-step';

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
  return linked
    .flatMap(({ item, keys }) => {
      const all = [...new Set([...keys.own, ...keys.about])];
      const cause = causeOf(keys, begun);
      return plansOf(item).map((plan, part) => {
        const { at, from, to, tone, title, detail } = plan;
        const [id, delayMs] = [item.id * PARTS + part, delayOf(plan, cause, item.id)];
        // Named one by one: tens of thousands are copied, and the build makes a slow call of a spread.
        return { at, from, to, tone, title, detail, id, itemId: item.id, keys: all, delayMs };
      });
    })
    .sort((one, other) => one.at - other.at || one.id - other.id);
}

interface Beginning {
  readonly at: number;
  readonly itemId: number;
}

/** When each message first left, or arrived. */
function beginnings(linked: readonly LinkedItem[]): ReadonlyMap<string, Beginning> {
  const begun = new Map<string, Beginning>();
  for (const { item, keys } of linked) {
    for (const key of keys.own) {
      if (!begun.has(key)) begun.set(key, { at: item.at, itemId: item.id });
    }
  }
  return begun;
}

/** A receipt follows the newest message that it is about. */
function causeOf(
  { own, about }: LinkedItem['keys'],
  begun: ReadonlyMap<string, Beginning>,
): Beginning | null {
  const causes = (about.length > 0 ? about : own).flatMap((key) => begun.get(key) ?? []);
  return causes.reduce<Beginning | null>(
    (newest, cause) => (newest === null || cause.at > newest.at ? cause : newest),
    null,
  );
}

function delayOf({ tone, at }: StepPlan, cause: Beginning | null, itemId: number): number | null {
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
