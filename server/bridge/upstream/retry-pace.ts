import type { NetworkFailure } from './network-failure.ts';
import type { Patience, UpstreamAnswer, UpstreamCall } from './upstream-call.ts';
import { throttledSeconds } from './upstream-refusal.ts';

/** What came of one try. */
export type Outcome =
  | { readonly answer: UpstreamAnswer; readonly failure: null }
  | { readonly answer: null; readonly failure: NetworkFailure; readonly cause: unknown };

/** How a call stands after a try. */
export interface Tried {
  readonly outcome: Outcome;
  /** 1 for the first. */
  readonly attempt: number;
  readonly patience: Patience;
  /** What was waited out after a 429 until now. */
  readonly throttledMs: number;
}

/** Tries with a 429; nobody waits for the cloud to slow down for longer than the second number, all waits together. */
const MAX_THROTTLED = { attempts: 3, seconds: 6 };
/** Waits of a call that nobody waits for. @see PROTOCOL.md §13 */
const BACKGROUND_SECONDS = [5, 10, 15];
/** Programs that failed at the same moment must not come back at the same moment: up to so much longer. */
const MAX_JITTER = 0.2;

/**
 * How long to wait before trying again; `null`: do not. A 429 was not acted upon, so anything may be repeated after it;
 * what got no answer or a 5xx is repeated only when twice does no harm.
 *
 * The vendor asks for 5, 10 and 15 s after a 5xx. A call in the background waits them out. One that somebody waits for
 * fails at once and says so: whoever asked for it decides when it is tried again, and knows that it failed.
 *
 * @param random From 0 to 1.
 * @see PROTOCOL.md §13
 */
export function pauseBeforeRetry(call: UpstreamCall, tried: Tried, random: () => number): number | null {
  const { outcome, attempt, patience } = tried;
  if (outcome.answer?.status === 429) return throttledPause(call, outcome.answer, tried);
  if (!call.isRepeatable) return null;
  // A connection that was kept and had been closed at the other end says nothing about the service.
  if (outcome.failure?.isStaleConnection === true && attempt === 1) return 0;
  const seconds =
    patience === 'background' && isPassing(outcome) ? BACKGROUND_SECONDS[attempt - 1] : undefined;
  return seconds === undefined ? null : Math.round(seconds * 1000 * (1 + MAX_JITTER * random()));
}

function throttledPause(
  call: UpstreamCall,
  answer: UpstreamAnswer,
  { attempt, throttledMs }: Tried,
): number | null {
  const pauseMs = throttledSeconds(call, answer) * attempt * 1000;
  const isShort = throttledMs + pauseMs <= MAX_THROTTLED.seconds * 1000;
  return attempt < MAX_THROTTLED.attempts && isShort ? pauseMs : null;
}

const isPassing = ({ answer, failure }: Outcome): boolean =>
  answer === null ? failure.isPassing : answer.status >= 500;
