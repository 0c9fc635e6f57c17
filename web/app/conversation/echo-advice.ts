import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ConversationsStore } from './conversations-store';
import { HistoryReader } from './history/history-reader';
import { ReadHistoryButton } from './history/read-history-button';

/** What a notification that stays away means, and where one can look. */
@Component({
  selector: 'app-echo-advice',
  imports: [ReadHistoryButton, RouterLink],
  template: `<p i18n>
      No notification of it came back; the agent may still have it. If others arrive, this one was lost:
      {isReadingFailed(), select,
        true {press Retry above to read the cloud’s history.}
        other {read the cloud’s history to be sure.}
      }
      If none arrive, check in
      <a class="whole" [routerLink]="['/apps', conversations.appKey(), 'setup']">Set-up</a> where this app
      sends its webhooks.
    </p>
    @if (!isReadingFailed()) {
      <app-read-history-button />
    }`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      justify-items: start;
    }
    .whole {
      white-space: nowrap;
    }
  `,
  host: { class: 'advice' },
})
export class EchoAdvice {
  protected readonly conversations = inject(ConversationsStore);
  private readonly history = inject(HistoryReader);

  /** What says so offers to read it again. */
  protected readonly isReadingFailed = computed(() => this.history.reading()?.kind === 'failed');
}
