import type { DeliveryFailure } from '#protocol/emulator-controls';

import type { DeliveryOutcome } from './delivery.ts';

/** What came of calling an endpoint. */
export interface Attempt {
  /** `null`: nobody was called, for the app does not want it any more. */
  readonly endpoint: string | null;
  readonly isTaken: boolean;
  readonly status: number | null;
  readonly failure: string | null;
  readonly reason: DeliveryFailure | null;
  readonly durationMs: number;
}

/** What became of a webhook. */
export interface CourierReport {
  readonly outcome: DeliveryOutcome;
  /** `null`: it was not tried. */
  readonly attempt: Attempt | null;
  /** When it is tried again at the earliest; `null`: never. */
  readonly nextAt: number | null;
}
