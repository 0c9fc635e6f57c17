import { probeDelayMs } from './retry-policy.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** Names of the states as the vendor's pages give them. @see PROTOCOL.md §8.6 */
export type AppPhase = 'UP' | 'FAILED' | 'IN TRANSITION' | 'RECOVERED';

/** How the deliveries to one connector app stand. */
export interface AppDeliveryState {
  readonly phase: AppPhase;
  /** Since when, epoch milliseconds. */
  readonly since: number;
  /** Tries that have failed since the app did. */
  readonly failures: number;
  /** When the next probe is made, or the transition ends; `null`: nothing is waited for. */
  readonly nextAt: number | null;
}

/** Something that the state must answer to. */
export type DeliveryEvent =
  /** An endpoint was called. */
  | {
      readonly type: 'tried';
      readonly isTaken: boolean;
      /** Whether it was the one try that a failed app is allowed. */
      readonly isProbe: boolean;
      /** How often this webhook was tried before. */
      readonly triesBefore: number;
      readonly policy: RetryPolicy;
    }
  /** `nextAt` has come. */
  | { readonly type: 'waited' }
  /** Nothing waits any more. */
  | { readonly type: 'drained' };

/** What becomes of the webhook that was tried. */
export type Fate = 'delivered' | 'lost' | 'kept' | 'repeated';

export interface DeliveryDecision {
  readonly state: AppDeliveryState;
  /** `null`: no webhook was tried. */
  readonly fate: Fate | null;
}

/** Time for which a recovering app is left alone before what waits is sent. @see PROTOCOL.md §8.6 */
export const TRANSITION_MS = 4000;

export const appUp = (now: number): AppDeliveryState => ({
  phase: 'UP',
  since: now,
  failures: 0,
  nextAt: null,
});

/** Whether webhooks go out in this state; otherwise they wait. */
export const isFlowing = ({ phase }: AppDeliveryState): boolean => phase === 'UP' || phase === 'RECOVERED';

/**
 * The life of an app's deliveries: up, failed, in transition, recovered, up. Pure.
 *
 * Judged: the documented wait of about 4 s stands between the probe that was taken and the draining of the queue.
 *
 * @see PROTOCOL.md §8.6
 */
export function decideDelivery(state: AppDeliveryState, event: DeliveryEvent, now: number): DeliveryDecision {
  switch (event.type) {
    case 'tried':
      return event.isTaken ? afterSuccess(state, event.isProbe, now) : afterFailure(state, event, now);
    case 'waited':
      return { state: state.phase === 'IN TRANSITION' ? inPhase('RECOVERED', now) : state, fate: null };
    case 'drained':
      return { state: state.phase === 'RECOVERED' ? appUp(now) : state, fate: null };
    default:
      return event satisfies never;
  }
}

const inPhase = (phase: AppPhase, now: number, nextAt: number | null = null): AppDeliveryState => ({
  phase,
  since: now,
  failures: 0,
  nextAt,
});

/** What was under way when the app failed may still be taken, and proves nothing. */
function afterSuccess(state: AppDeliveryState, isProbe: boolean, now: number): DeliveryDecision {
  const isRecovering = state.phase === 'FAILED' && isProbe;
  return {
    state: isRecovering ? inPhase('IN TRANSITION', now, now + TRANSITION_MS) : state,
    fate: 'delivered',
  };
}

type Failed = Extract<DeliveryEvent, { type: 'tried' }>;

function afterFailure(
  state: AppDeliveryState,
  { policy, isProbe, triesBefore }: Failed,
  now: number,
): DeliveryDecision {
  if (policy.mechanism !== 'retention') {
    // The retention time was taken away meanwhile: the app has no failed state any more.
    const next = state.phase === 'UP' ? state : appUp(now);
    const isRepeated = policy.mechanism === 'counted' && triesBefore < policy.maxRetries;
    return { state: next, fate: isRepeated ? 'repeated' : 'lost' };
  }
  if (state.phase === 'FAILED') {
    // Whatever its type, what waits in a failed app stays until it is too old.
    return { state: isProbe ? probedInVain(state, now) : state, fate: 'kept' };
  }
  if (!policy.stopsApp) return { state, fate: 'lost' };
  return { state: probedInVain(inPhase('FAILED', now), now), fate: 'kept' };
}

function probedInVain(state: AppDeliveryState, now: number): AppDeliveryState {
  const failures = state.failures + 1;
  return { ...state, failures, nextAt: now + probeDelayMs(failures) };
}
