import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { AddressText } from './address-text';
import { Icon } from './icon';
import { LongNames } from './long-names';
import { REQUEST_OPENER } from './request-opener';

/** An answer of so many characters takes hardly more room than what would open it. */
const MOST_IN_BRIEF = 120;

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
 * helps, and the request. What else leads on from it stands between the tags, before these or, as `lastWay`, after them.
 */
@Component({
  selector: 'app-failure-note',
  imports: [AddressText, Icon, LongNames, MatButton, NgTemplateOutlet],
  template: `<app-icon name="alert" />
    <div class="words">
      <strong><app-long-names [text]="text().title" /></strong>
      <p>
        @if (tried(); as tried) {
          <app-long-names [text]="tried" />&ngsp;
        }
        <app-long-names [text]="text().next" />
      </p>
      @if (isFolded()) {
        <details>
          <summary i18n>Exact answer</summary>
          <ng-container [ngTemplateOutlet]="exact" />
        </details>
      } @else {
        <ng-container [ngTemplateOutlet]="exact" />
      }
      <ng-template #exact>
        @if (text().detail; as detail) {
          <p class="exact"><app-long-names [text]="detail" /></p>
        }
        @if (request(); as request) {
          <p class="exact">
            <code><app-address-text [text]="request" /></code>
          </p>
        }
        @if (text().upstream; as upstream) {
          <p class="exact">
            <code><app-long-names [text]="upstream" /></code>
          </p>
        }
      </ng-template>
      <div class="ways">
        <ng-content />
        @if (canRetry()) {
          <button
            i18n
            type="button"
            matButton="outlined"
            [disabled]="isBusy()"
            disabledInteractive
            (click)="tryAgain()"
          >
            Retry
          </button>
        }
        @if (exchangeId(); as id) {
          <button i18n type="button" matButton="outlined" (click)="openRequest(id)">Show the request</button>
        }
        <ng-content select="[lastWay]" />
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
  /** A long answer only opens: where others need the room. What happened and what can be done always stand there. */
  readonly isBrief = input(false);
  readonly retry = output();
  /** The request is shown elsewhere on the page: what lies above the page should go. */
  readonly requestOpened = output();

  /** `null` where there is nothing to show, or nowhere to show it. */
  protected readonly exchangeId = computed(() => (this.requests === null ? null : this.text().exchangeId));

  /** Where the request can be looked at, the button leads to all of it. */
  protected readonly request = computed(() => (this.exchangeId() ? null : this.text().request));

  protected readonly isFolded = computed(() => {
    const { detail, upstream } = this.text();
    const exact = [detail, this.request(), upstream].filter(Boolean).join(' ');
    return this.isBrief() && exact.length > MOST_IN_BRIEF;
  });

  protected tryAgain(): void {
    if (!this.isBusy()) this.retry.emit();
  }

  protected openRequest(exchangeId: string): void {
    this.requestOpened.emit();
    this.requests?.openRequest(exchangeId);
  }
}
