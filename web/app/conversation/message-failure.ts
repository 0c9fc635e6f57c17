import { Component, ElementRef, computed, inject, input } from '@angular/core';
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
      @if (isRemovable()) {
        <button
          i18n
          lastWay
          type="button"
          matButton="outlined"
          title="It was never sent: take it out of this chat"
          i18n-title
          (click)="remove()"
        >
          Remove
        </button>
      }
    </app-failure-note>
  }`,
})
export class MessageFailure {
  protected readonly store = inject(ConversationStore);
  private readonly history = inject(HistoryReader);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

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
  /**
   * Not into a conversation that is closed. What was written by hand as JSON is sent again from there, or from the list of
   * requests.
   */
  protected readonly isSendable = computed(
    () => this.store.state()?.phase !== 'closed' && ['text', 'file'].includes(this.message().content.kind),
  );
  protected readonly canRetry = computed(() => {
    const failure = this.failure();
    return failure !== null && canRetry(failure) && this.isSendable();
  });
  protected readonly isUnknown = computed(() => {
    const failure = this.failure();
    return failure !== null && !canRetry(failure);
  });
  protected readonly isRemovable = computed(() => this.message().delivery?.isRemovable === true);

  /** The keyboard stays among the messages. */
  protected remove(): void {
    this.host.nativeElement.closest<HTMLElement>('[role=log]')?.focus({ preventScroll: true });
    this.store.remove(this.message());
  }
}
