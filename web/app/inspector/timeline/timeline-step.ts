import type { ConversationId } from '#protocol/identifiers';

import type { Lifeline } from './lifelines';

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
  /** Milliseconds on its way, where the item itself tells them. */
  readonly tookMs?: number | null;
  /** Whether younger ones overtook it, or it was under way for long. */
  readonly isLate?: boolean;
}

/** One arrow in its place. */
export interface TimelineStep extends Omit<StepPlan, 'tookMs' | 'isLate'> {
  /** Unique in the diagram. */
  readonly id: number;
  /** Log sequence of the item that the arrow is part of. */
  readonly itemId: number;
  /** As the item's. */
  readonly conversationId: ConversationId | null;
  /** Keys of its causes and effects. */
  readonly keys: readonly string[];
  /** Milliseconds since the cause left; `null` for what begins something. */
  readonly delayMs: number | null;
  readonly isLate: boolean;
  /** What begins with it: a day, a second, or nothing. */
  readonly clock: ClockMark;
}

export type ClockMark = 'day' | 'second' | null;
