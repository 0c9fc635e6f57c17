import { Component, computed, inject } from '@angular/core';

import { HistoryReader } from './history/history-reader';
import { ReadHistoryButton } from './history/read-history-button';

/** What a notification that stays away means, and where one can look. */
@Component({
  selector: 'app-echo-advice',
  imports: [ReadHistoryButton],
  template: `<p i18n>
      No webhook for it came back; the agent may still have it. If other webhooks arrive, this one was lost:
      {isReadingFailed(), select,
        true {press Retry above to read the cloud’s history.}
        other {the cloud’s history tells.}
      }
      If none arrive, check in Set-up where this app sends its webhooks.
    </p>
    @if (!isReadingFailed()) {
      <app-read-history-button />
    }`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      justify-items: end;
    }
  `,
  host: { class: 'advice' },
})
export class EchoAdvice {
  private readonly history = inject(HistoryReader);

  /** What says so offers to read it again. */
  protected readonly isReadingFailed = computed(() => this.history.reading()?.kind === 'failed');
}
