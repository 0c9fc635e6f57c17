import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Icon } from './icon';

/** What a failure says; the same shape as the bridge's `FailureWords`. */
export interface FailureText {
  readonly title: string;
  readonly next: string;
  readonly detail: string | null;
  readonly upstream: string | null;
}

/** A failure where the person is looking: what happened, the exact answer, what to do next, and Retry where it helps. */
@Component({
  selector: 'app-failure-note',
  imports: [Icon, MatButton],
  template: `<app-icon name="alert" />
    <div class="words">
      <strong>{{ text().title }}</strong>
      <p>{{ text().next }}</p>
      @if (text().detail; as detail) {
        <p class="exact">{{ detail }}</p>
      }
      @if (text().upstream; as upstream) {
        <p class="exact">
          <code>{{ upstream }}</code>
        </p>
      }
      @if (canRetry()) {
        <button
          i18n
          type="button"
          matButton="outlined"
          class="retry"
          [disabled]="isBusy()"
          (click)="retry.emit()"
        >
          Retry
        </button>
      }
    </div>`,
  styles: `
    .words {
      display: grid;
      gap: var(--space-1);
      justify-items: start;
      min-width: 0;
    }
    .exact {
      color: var(--text-muted);
      font-size: var(--text-s);
    }
    .retry {
      margin-top: var(--space-2);
    }
  `,
  host: { class: 'note note-danger', role: 'alert', tabindex: '-1' },
})
export class FailureNote {
  readonly text = input.required<FailureText>();
  readonly canRetry = input(false);
  readonly isBusy = input(false);
  readonly retry = output();
}
