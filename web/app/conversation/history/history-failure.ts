import { Component, computed, inject } from '@angular/core';

import { wordsOf } from '../../bridge/failure-words';
import { FailureNote, type FailureText } from '../../ui/failure-note';
import { HistoryReader } from './history-reader';

/** Says that messages may be missing because the cloud's history could not be read, and reads it again. */
@Component({
  selector: 'app-history-failure',
  imports: [FailureNote],
  template: `@if (text(); as text) {
    <app-failure-note [text]="text" [isBrief]="true" [canRetry]="true" (retry)="reader.readAgain()" />
  }`,
  styles: `
    :host {
      display: block;
      flex: 0 1 auto;
      max-height: 50%;
      overflow-y: auto;
      padding: var(--space-3) var(--space-3) 0;
    }
    :host:empty {
      display: none;
    }
  `,
})
export class HistoryFailure {
  protected readonly reader = inject(HistoryReader);

  protected readonly text = computed<FailureText | null>(() => {
    const reading = this.reader.reading();
    if (reading?.kind !== 'failed') return null;
    const words = wordsOf(reading.failure);
    const title = $localize`The cloud’s history could not be read: messages may be missing`;
    return { ...words, title, next: `${words.title}. ${words.next}` };
  });
}
