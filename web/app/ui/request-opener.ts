import { InjectionToken } from '@angular/core';

/** Shows what left for the cloud and what came back: a request by the name of its exchange, a webhook by its entry. */
export interface RequestOpener {
  openRequest(exchangeId: string): void;
  /** @param sequence Of its entry in the log. */
  openWebhook(sequence: number): void;
}

/** Where requests can be looked at; `null` on pages that do not list them. */
export const REQUEST_OPENER = new InjectionToken<RequestOpener | null>('REQUEST_OPENER', {
  factory: () => null,
});
