import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Icon } from './icon';
import { REQUEST_OPENER } from './request-opener';

/** What a failure says; the same shape as the bridge's `FailureWords`. */
export interface FailureText {
  readonly title: string;
  readonly next: string;
  readonly detail: string | null;
  readonly upstream: string | null;
  readonly request?: string | null;
  readonly exchangeId?: string | null;
}

/**
 * A failure where the person is looking: what happened, what was tried, the exact answer, what to do next, Retry where it
 * helps, and the request. What else leads on from it stands between the tags.
 */
@Component({
  selector: 'app-failure-note',
  imports: [Icon, MatButton, NgTemplateOutlet],
  template: `<app-icon name="alert" />
    <div class="words">
      <strong>
        @for (piece of pieces(); track $index) {
          <ng-container>{{ piece }}</ng-container><wbr />
        }
      </strong>
      @if (isBrief()) {
        <details>
          <summary i18n>Details</summary>
          <ng-container [ngTemplateOutlet]="more" />
        </details>
      } @else {
        <ng-container [ngTemplateOutlet]="more" />
      }
      <ng-template #more>
        <p>
          @if (tried(); as tried) {
            {{ tried }}
          }
          {{ text().next }}
        </p>
        @if (text().detail; as detail) {
          <p class="exact">{{ detail }}</p>
        }
        @if (request(); as request) {
          <p class="exact request">
            <code>
              @for (piece of request; track $index) {
                <ng-container>{{ piece }}</ng-container><wbr />
              }
            </code>
          </p>
        }
        @if (text().upstream; as upstream) {
          <p class="exact">
            <code>{{ upstream }}</code>
          </p>
        }
      </ng-template>
      <div class="ways">
        <ng-content />
        @if (canRetry()) {
          <button i18n type="button" matButton="outlined" [disabled]="isBusy()" (click)="retry.emit()">
            Retry
          </button>
        }
        @if (exchangeId(); as id) {
          <button i18n type="button" matButton="outlined" (click)="openRequest(id)">Show the request</button>
        }
      </div>
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
    .request {
      overflow-wrap: anywhere;
    }
    summary {
      cursor: pointer;
      font-size: var(--text-s);
    }
    .ways {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      margin-top: var(--space-2);
    }
    .ways:empty {
      display: none;
    }
  `,
  host: { class: 'note note-danger', role: 'alert', tabindex: '-1' },
})
export class FailureNote {
  private readonly requests = inject(REQUEST_OPENER);

  readonly text = input.required<FailureText>();
  /** What was tried, in a sentence; `null` where the place says it. */
  readonly tried = input<string | null>(null);
  readonly canRetry = input(false);
  readonly isBusy = input(false);
  /** What happened and what can be done stand there, the rest opens: where others need the room. */
  readonly isBrief = input(false);
  readonly retry = output();
  /** The request is shown elsewhere on the page: what lies above the page should go. */
  readonly requestOpened = output();

  /** `null` where there is nothing to show, or nowhere to show it. */
  protected readonly exchangeId = computed(() => (this.requests === null ? null : this.text().exchangeId));

  /** Where the request can be looked at, the button leads to all of it. */
  protected readonly request = computed(() => {
    const request = this.exchangeId() ? null : this.text().request;
    // An address breaks behind a slash, and in the middle of a word only where one is longer than the line.
    return request ? request.split(/(?<=[/?&])(?!\/)/) : null;
  });

  /** A long name of a call breaks where its words begin. */
  protected readonly pieces = computed(() => this.text().title.split(/(?<=[a-z.])(?=[A-Z])/));

  protected openRequest(exchangeId: string): void {
    this.requestOpened.emit();
    this.requests?.openRequest(exchangeId);
  }
}
