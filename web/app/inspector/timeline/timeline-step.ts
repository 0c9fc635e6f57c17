/** Who takes part, from left to right. */
export const LIFELINES = ['consumer', 'bridge', 'cloud', 'agent'] as const;

export type Lifeline = (typeof LIFELINES)[number];

/** What an arrow is, for its colour and its line. */
export type StepTone = 'write' | 'call' | 'answer' | 'failed' | 'webhook' | 'agent' | 'screen';

/** One arrow of the sequence diagram, before it has its place. */
export interface StepPlan {
  readonly at: number;
  readonly from: Lifeline;
  readonly to: Lifeline;
  readonly tone: StepTone;
  readonly title: string;
  readonly detail: string;
}

/** One arrow in its place. */
export interface TimelineStep extends StepPlan {
  /** Unique in the diagram. */
  readonly id: number;
  /** Log sequence of the item that the arrow is part of. */
  readonly itemId: number;
  /** Keys of its causes and effects. */
  readonly keys: readonly string[];
  /** Milliseconds since the cause left; `null` for what begins something. */
  readonly delayMs: number | null;
}
