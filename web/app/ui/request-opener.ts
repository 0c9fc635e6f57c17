import { InjectionToken } from '@angular/core';

/** Shows what left for the cloud and what came back, by the name of the exchange. */
export interface RequestOpener {
  openRequest(exchangeId: string): void;
}

/** Where requests can be looked at; `null` on pages that do not list them. */
export const REQUEST_OPENER = new InjectionToken<RequestOpener | null>('REQUEST_OPENER', {
  factory: () => null,
});
