import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { REQUEST_OPENER } from '../ui/request-opener';
import { clockWords } from '../ui/time-words';
import { ConversationsStore } from './conversations-store';
import { HistoryReader } from './history/history-reader';
import { ReadHistoryButton } from './history/read-history-button';
import type { MissingEcho } from './missing-echo';
import { RefusedWebhooks } from './refused-webhooks';

/** What a notification that stays away means, and where one can look. */
@Component({
  selector: 'app-echo-advice',
  imports: [MatButton, ReadHistoryButton, RouterLink],
  template: `@if (!isDoubtful()) {
      <p i18n>
        It was delivered; only its own notification did not come here. It may have been lost or refused on its
        way.
      </p>
    } @else {
      <p i18n>
        No notification of it came back; the agent may still have it. If others arrive, this one was lost:
        {isReadingFailed(), select,
          true {press Retry above to read the cloud’s history.}
          other {read the cloud’s history to be sure.}
        }
        If none arrive, check in
        <a class="whole" [routerLink]="['/apps', conversations.appKey(), 'setup']">Set-up</a> where this app
        sends its webhooks.
      </p>
    }
    @if (refused(); as refused) {
      <p i18n>
        A webhook for this app was refused at {{ refusedAt() }} because of its signature. Nobody can say
        whether it was the one of this message.
      </p>
    }
    <div class="actions">
      @if (isDoubtful() && !isReadingFailed()) {
        <app-read-history-button />
      }
      @if (refused(); as refused) {
        @if (opener !== null) {
          <button i18n type="button" matButton="outlined" (click)="opener.openWebhook(refused.sequence)">
            Show the refused webhook
          </button>
        }
      }
    </div>`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      justify-items: start;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
    .actions:empty {
      display: none;
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
  private readonly webhooks = new RefusedWebhooks();
  protected readonly opener = inject(REQUEST_OPENER);

  /** When the message was written, epoch milliseconds. */
  readonly since = input.required<number>();
  readonly known = input.required<MissingEcho>();

  protected readonly refused = computed(() =>
    this.webhooks.firstFor(this.conversations.appKey(), this.since()),
  );
  protected readonly refusedAt = computed(() => clockWords(this.refused()?.at ?? 0));

  protected readonly isDoubtful = computed(() => this.known() === 'unknown');
  /** What says so offers to read it again. */
  protected readonly isReadingFailed = computed(() => this.history.reading()?.kind === 'failed');
}
