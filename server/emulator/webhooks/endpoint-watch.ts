/** How quickly an endpoint answers. @see PROTOCOL.md §8.5 */
export interface EndpointStanding {
  /** When it became slow, epoch milliseconds; `null`: it is not. */
  readonly slowSince: number | null;
  /** It stayed slow for too long: nothing is sent to it any more. */
  readonly isSwitchedOff: boolean;
}

export interface SlownessLimits {
  /** An answer that takes longer is slow. */
  readonly slowMs: number;
  /** How long an endpoint may stay slow; `null`: for ever. */
  readonly switchOffMs: number | null;
}

export const QUICK: EndpointStanding = { slowSince: null, isSwitchedOff: false };

/**
 * The endpoint's standing after an answer, or after it gave none in time. Pure.
 *
 * @param answer When the call began and how long it took.
 * @see PROTOCOL.md §8.5
 */
export function standingAfter(
  standing: EndpointStanding,
  answer: { readonly at: number; readonly durationMs: number },
  { slowMs, switchOffMs }: SlownessLimits,
): EndpointStanding {
  if (standing.isSwitchedOff) return standing;
  if (answer.durationMs <= slowMs) return QUICK;
  const slowSince = standing.slowSince ?? answer.at;
  const slowForMs = answer.at + answer.durationMs - slowSince;
  return { slowSince, isSwitchedOff: switchOffMs !== null && slowForMs > switchOffMs };
}
