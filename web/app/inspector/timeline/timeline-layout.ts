import type { InspectorItem } from '../inspector-item';
import { linkItems, type LinkedItem } from './link-items';
import { planSteps } from './plan-steps';
import type { StepPlan, TimelineStep } from './timeline-step';

/** More arrows than any item makes. */
const PARTS = 4;

/**
 * The sequence diagram of these items: one arrow below the other in the order of their time, each with the time since
 * its cause. Pure: the same items give the same picture, in whatever order they are given.
 */
export function layoutTimeline(items: readonly InspectorItem[]): readonly TimelineStep[] {
  const linked = linkItems(items);
  const begun = beginnings(linked);
  return linked
    .flatMap(({ item, keys }) => {
      const all = [...new Set([...keys.own, ...keys.about])];
      return planSteps(item).map((plan, part) => ({
        ...plan,
        id: item.id * PARTS + part,
        itemId: item.id,
        keys: all,
        delayMs: delayOf(plan, causeOf(keys, begun), item.id),
      }));
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
