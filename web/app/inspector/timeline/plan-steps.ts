import type { InspectorItem, WrittenItem } from '../inspector-item';
import type { ReadScreenFate } from '../screen-fate';
import { requestSteps } from './request-steps';
import type { StepPlan } from './timeline-step';
import { webhookSteps } from './webhook-steps';

/** The arrows that an item makes, in their order. */
export function planSteps(item: InspectorItem, fateOf: ReadScreenFate): readonly StepPlan[] {
  switch (item.kind) {
    case 'written':
      return [writeStep(item)];
    case 'request':
      return requestSteps(item);
    case 'webhook':
      return webhookSteps(item, fateOf);
    default:
      return item satisfies never;
  }
}

function writeStep({ at, summary, entry: { event } }: WrittenItem): StepPlan {
  const isText = event.type === 'ContentEvent' && typeof event['message'] === 'string';
  return {
    ...{ at, from: 'consumer', to: 'bridge', tone: 'write' },
    ...(isText
      ? { title: $localize`write`, detail: `“${summary}”` }
      : { title: $localize`send`, detail: summary }),
  };
}

/** Plans each item once: in a stream the diagram is laid out again and again. */
export function rememberedPlans(fateOf: ReadScreenFate): (item: InspectorItem) => readonly StepPlan[] {
  const plans = new WeakMap<InspectorItem, readonly StepPlan[]>();
  return (item) => {
    const known = plans.get(item) ?? planSteps(item, fateOf);
    plans.set(item, known);
    return known;
  };
}
