import { dayOf } from '../../ui/time-words';
import type { InspectorItem } from '../inspector-item';
import { linkItems, type LinkedItem } from './link-items';
import type { ItemKeys } from './message-keys';
import { planSteps } from './plan-steps';
import { isOpening } from './request-steps';
import { runningSteps, type Running } from './running-steps';
import type { ClockMark, DelayBase, StepPlan, TimelineStep } from './timeline-step';

/** More arrows than any item makes. */
const PARTS = 4;

/**
 * The sequence diagram of these items: one arrow below the other in the order of their time, each with the time since
 * its cause; below them what still goes on. Pure: the same items give the same picture, in whatever order they are given.
 */
export function layoutTimeline(
  items: readonly InspectorItem[],
  plansOf: (item: InspectorItem) => readonly StepPlan[] = (item) => planSteps(item, () => 'shown'),
  running: Running = { uploads: [], calls: [] },
): readonly TimelineStep[] {
  const { items: linked, carried } = linkItems(items, running.calls);
  const begun = beginnings(linked);
  const unordered = linked.flatMap(({ item, keys }) =>
    stepsOf(item, plansOf(item), keys, causeOf(item.id, keys, begun)),
  );
  const steps = withOpenings(linked, unordered).sort((one, other) => one.at - other.at || one.id - other.id);
  markClock(steps);
  const still = runningSteps({ ...running, carried }, steps.at(-1)?.at ?? 0);
  return still.length === 0 ? steps : [...steps, ...still];
}

/** Its place in time is known only among the others. */
type MarkableStep = Omit<TimelineStep, 'clock'> & { clock: ClockMark };

function stepsOf(
  { id: itemId, conversationId }: InspectorItem,
  plans: readonly StepPlan[],
  { own, about }: ItemKeys,
  cause: Cause | null,
): MarkableStep[] {
  const keys = [...new Set([...own, ...about])];
  const clock: ClockMark = null;
  return plans.map((plan, part) => {
    const { at, from, to, tone, title, detail, mark = '', icon = null, isLate = false, isOdd = false } = plan;
    const id = itemId * PARTS + part;
    const { delayMs, since } = delayOf(plan, cause);
    // Named one by one: tens of thousands are copied, and the build makes a slow call of a spread.
    // prettier-ignore
    return {
      at, from, to, tone, title, detail, mark, icon, isLate, isOdd,
      id, itemId, conversationId, keys, delayMs, since, clock,
    };
  });
}

/** Whoever opens a conversation waits for its tokens, too: the wish stands before all calls that were made for it. */
function withOpenings(linked: readonly LinkedItem[], steps: MarkableStep[]): MarkableStep[] {
  const firsts = new Map<string, InspectorItem>();
  const wishes = new Map<number, InspectorItem>();
  for (const { item } of linked) {
    if (item.kind !== 'request' || item.conversationId === null) continue;
    const first = firsts.get(item.conversationId) ?? item;
    firsts.set(item.conversationId, first);
    if (isOpening(item) && first !== item) wishes.set(item.id * PARTS, first);
  }
  if (wishes.size === 0) return steps;
  return steps.map((step) => {
    const first = step.tone === 'write' ? wishes.get(step.id) : undefined;
    // No item has so many arrows that the number before its first one is taken.
    return first === undefined ? step : { ...step, at: first.at, id: first.id * PARTS - 1 };
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
    if (item.kind === 'webhook' && item.otherApp !== null) continue;
    for (const key of keys.own) {
      if (!begun.has(key)) begun.set(key, { at: beginningOf(item), itemId: item.id });
    }
  }
  return begun;
}

const beginningOf = (item: InspectorItem): number =>
  item.kind === 'webhook' && item.madeAt !== null ? item.madeAt : item.at;

interface Cause {
  readonly at: number;
  readonly since: DelayBase;
}

/** What left before it came back: the same thing, or the newest message that a receipt is about. */
function causeOf(
  itemId: number,
  { own, about }: ItemKeys,
  begun: ReadonlyMap<string, Beginning>,
): Cause | null {
  const leaving = newestOf(own, begun);
  if (leaving !== null && leaving.itemId !== itemId) return { at: leaving.at, since: 'leaving' };
  const message = newestOf(about, begun);
  return message === null ? null : { at: message.at, since: 'message' };
}

const newestOf = (keys: readonly string[], begun: ReadonlyMap<string, Beginning>): Beginning | null =>
  keys
    .flatMap((key) => begun.get(key) ?? [])
    .reduce<Beginning | null>(
      (newest, cause) => (newest === null || cause.at > newest.at ? cause : newest),
      null,
    );

type Delay = Pick<TimelineStep, 'delayMs' | 'since'>;

const NO_DELAY: Delay = { delayMs: null, since: null };

function delayOf({ tone, at, tookMs, since }: StepPlan, cause: Cause | null): Delay {
  if (tookMs !== undefined) return tookMs === null ? NO_DELAY : { delayMs: tookMs, since: since ?? null };
  const isEffect = tone === 'webhook' || tone === 'screen';
  return isEffect && cause !== null ? { delayMs: Math.max(0, at - cause.at), since: cause.since } : NO_DELAY;
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

/** Of the chosen item: the messages in the chat that it is about, as `dialog/sequence` or by the id that the page gave them. */
export function chosenKeys(steps: readonly TimelineStep[], itemId: number | null): readonly string[] {
  if (itemId === null) return [];
  return steps.find((step) => step.itemId === itemId)?.keys ?? [];
}
