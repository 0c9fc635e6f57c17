import { Component, computed, input } from '@angular/core';

import { PLACE_WORDS } from '../bridge/endpoint-words';
import { StatusChip } from '../ui/status-chip';
import type { AppRow } from './app-rows';

/** How many of an app's five endpoints point to this server, elsewhere and nowhere. */
@Component({
  selector: 'app-endpoint-summary',
  imports: [StatusChip],
  template: `@for (part of parts(); track part.text) {
    <app-status-chip [tone]="isUsed() ? part.tone : 'neutral'">{{ part.text }}</app-status-chip>
  }`,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      gap: var(--space-1);
    }
  `,
})
export class EndpointSummary {
  readonly endpoints = input.required<AppRow['endpoints']>();
  /** Whether the app is enabled; of one that is not, nothing here is good or bad. */
  readonly isUsed = input(true);

  protected readonly parts = computed(() => {
    const { here, elsewhere, none } = this.endpoints();
    const parts = [
      { count: here, text: $localize`${here} here`, tone: 'ok' },
      { count: elsewhere, text: $localize`${elsewhere} elsewhere`, tone: 'warn' },
      {
        count: none,
        text: here + elsewhere === 0 ? PLACE_WORDS.none : $localize`${none} not set`,
        tone: 'neutral',
      },
    ] as const;
    return parts.filter(({ count }) => count > 0);
  });
}
