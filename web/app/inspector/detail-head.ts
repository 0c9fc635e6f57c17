import { Component, computed, input, output } from '@angular/core';

import { Icon } from '../ui/icon';
import { clockWords, exactWords } from '../ui/time-words';

/** What was chosen, when it was, what can be done with it (what stands inside), and the way out. */
@Component({
  selector: 'app-detail-head',
  imports: [Icon],
  template: `<div class="parts">
      <div class="what">
        <span class="kind" [attr.data-kind]="kind()">{{ kindWords() }}</span>
        <h3 class="title" [title]="hint()">
          {{ heading() }} <span class="envelope">{{ envelope() }}</span>
        </h3>
        <span class="time tabular" [title]="exact()">{{ time() }}</span>
      </div>
      <div class="tools"><ng-content /></div>
    </div>
    <button
      type="button"
      class="icon-button"
      aria-label="Close details"
      i18n-aria-label
      title="Close details"
      i18n-title
      (click)="closed.emit()"
    >
      <app-icon name="close" />
    </button>`,
  styleUrl: './detail-head.scss',
})
export class DetailHead {
  readonly kind = input.required<keyof typeof KINDS>();
  readonly heading = input.required<string>();
  /** What the heading travelled in. */
  readonly envelope = input('');
  /** For who points at the heading. */
  readonly hint = input('');
  readonly at = input.required<number>();
  readonly closed = output();

  protected readonly kindWords = computed(() => KINDS[this.kind()]);
  protected readonly time = computed(() => clockWords(this.at()));
  protected readonly exact = computed(() => exactWords(this.at()));
}

const KINDS = {
  webhook: $localize`webhook`,
  request: $localize`request`,
  written: $localize`written`,
} as const;
