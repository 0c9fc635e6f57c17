import { InjectionToken } from '@angular/core';

/** Opens the browser's `EventSource`; specs give a fake of the same shape. */
export const EVENT_SOURCE_FACTORY = new InjectionToken<(url: string) => EventSource>('EVENT_SOURCE_FACTORY', {
  factory: () => (url) => new EventSource(url),
});
