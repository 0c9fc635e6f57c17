import { Component, computed, inject } from '@angular/core';

import { EventLog } from '../bridge/event-log';
import { streamRefusal } from '../bridge/stream-refusal';
import { FailureNote } from '../ui/failure-note';

/** Says above the chat why nothing of it comes into this tab, and what to do. */
@Component({
  selector: 'app-stream-refused',
  imports: [FailureNote],
  template: `@if (refusal(); as refusal) {
    <app-failure-note [text]="refusal" />
  }`,
  styles: `
    :host {
      display: block;
      padding: var(--space-3) var(--space-3) 0;
    }
    :host:empty {
      display: none;
    }
  `,
})
export class StreamRefused {
  private readonly log = inject(EventLog);

  protected readonly refusal = computed(() => streamRefusal(this.log));
}
