import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { FailureNote } from '../ui/failure-note';
import { ConversationStore } from './conversation-store';
import { canRetry, deliveryFailureWords } from './delivery-words';
import { HistoryReader } from './history/history-reader';
import { ReadHistoryButton } from './history/read-history-button';
import type { Message } from './message';

/**
 * Why an own message failed and what can be done. One that was surely not published is tried again; of one that nobody knows
 * about the history may tell, and only its writer decides to send it once more.
 */
@Component({
  selector: 'app-message-failure',
  imports: [FailureNote, MatButton, ReadHistoryButton],
  template: `@if (words(); as words) {
    <app-failure-note [text]="words" [canRetry]="canRetry()" (retry)="store.retry(message())">
      @if (isUnknown()) {
        <app-read-history-button />
        @if (isSendable()) {
          <button i18n type="button" matButton="outlined" (click)="store.sendAsNew(message())">
            Send as a new message
          </button>
        }
      }
    </app-failure-note>
  }`,
})
export class MessageFailure {
  protected readonly store = inject(ConversationStore);
  private readonly history = inject(HistoryReader);

  readonly message = input.required<Message>();

  private readonly failure = computed(() => this.message().delivery?.failure ?? null);
  private readonly readAt = computed(() => {
    const reading = this.history.reading();
    const at = reading?.kind === 'read' || reading?.kind === 'empty' ? reading.at : 0;
    return at > this.message().at ? at : null;
  });

  protected readonly words = computed(() => {
    const failure = this.failure();
    return failure === null ? null : deliveryFailureWords(failure, this.readAt());
  });
  /** What was written by hand as JSON is sent again from there, or from the list of requests. */
  protected readonly isSendable = computed(() => ['text', 'file'].includes(this.message().content.kind));
  protected readonly canRetry = computed(() => {
    const failure = this.failure();
    return failure !== null && canRetry(failure) && this.isSendable();
  });
  protected readonly isUnknown = computed(() => {
    const failure = this.failure();
    return failure !== null && !canRetry(failure);
  });
}
