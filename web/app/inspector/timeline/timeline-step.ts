import type { ConversationId } from '#protocol/identifiers';

import type { IconName } from '../../ui/icon';
import type { Lifeline } from './lifelines';

/**
 * What an arrow is, for its colour and its line; one that waits is under way still, one that is lost never arrives, and a gap is
 * none. `other-app`: a webhook for another app.
 */
export type StepTone =
  | 'write'
  | 'call'
  | 'waiting'
  | 'answer'
  | 'failed'
  | 'lost'
  | 'webhook'
  | 'other-app'
  | 'agent'
  | 'screen'
  | 'gap';

/** From where a delay counts: the call, the cloud's stamp, where the same thing left, or the message that it is about. */
export type DelayBase = 'call' | 'stamp' | 'leaving' | 'message';

/** One arrow of the sequence diagram, before it has its place. */
export interface StepPlan {
  readonly at: number;
  readonly from: Lifeline;
  readonly to: Lifeline;
  readonly tone: StepTone;
  readonly title: string;
  /** Gives way where there is no room for it. */
  readonly detail: string;
  /** What tells it from its like, in a word or two that are never cut; empty: nothing. */
  readonly mark?: string;
  /** Whether that should not be. */
  readonly isOdd?: boolean;
  /** Before the title. */
  readonly icon?: IconName;
  /** Milliseconds on its way, where the item itself tells them, and since what. */
  readonly tookMs?: number | null;
  readonly since?: DelayBase;
  /** Whether younger ones overtook it, or it was under way for long. */
  readonly isLate?: boolean;
}

/** One arrow in its place. */
export interface TimelineStep extends Omit<
  StepPlan,
  'tookMs' | 'isLate' | 'isOdd' | 'since' | 'mark' | 'icon'
> {
  /** Unique in the diagram. */
  readonly id: number;
  /** Log sequence of the item that the arrow is part of; below zero for what the log does not have yet. */
  readonly itemId: number;
  /** As the item's. */
  readonly conversationId: ConversationId | null;
  /** Keys of its causes and effects. */
  readonly keys: readonly string[];
  readonly mark: string;
  readonly isOdd: boolean;
  readonly icon: IconName | null;
  /** Milliseconds since the cause left; `null` for what begins something. */
  readonly delayMs: number | null;
  /** What the delay counts from; `null` without one. */
  readonly since: DelayBase | null;
  readonly isLate: boolean;
  /** What begins with it: a day, a second, or nothing; it may as well still go on. */
  readonly clock: ClockMark;
  /** Of what still goes on there are no details yet. */
  readonly isInert?: boolean;
  /** In a sentence, instead of when it was. */
  readonly hint?: string;
}

export type ClockMark = 'day' | 'second' | 'now' | null;

/** A file on its way from the page to the bridge: the log tells of it when it is there. */
export interface RunningUpload {
  readonly conversationId: ConversationId;
  readonly name: string;
  /** How much of it has left, 0 to 1. */
  readonly share: number;
}
