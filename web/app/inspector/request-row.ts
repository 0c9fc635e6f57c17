import { Component, computed, input } from '@angular/core';

import { clockWords, exactWords } from '../ui/time-words';
import type { RequestItem } from './inspector-item';

/** One call to the cloud in the list. */
@Component({
  selector: 'app-request-row',
  template: `@let request = item();
    <span class="time tabular" [title]="exact()"
      >{{ time() }}<span class="ms">{{ milliseconds() }}</span></span
    >
    <span class="method">{{ request.method }}</span>
    <span class="status tabular" [class.refused]="request.isFailed">{{ status() }}</span>
    <span class="summary">
      {{ request.entry.summary }}
      @if (request.carried) {
        <span class="carried">{{ request.carried }}</span>
      }
      <span class="where">{{ request.entry.service }} {{ request.host }}{{ request.path }}</span>
    </span>
    @if (request.entry.attempt > 1) {
      <span i18n class="attempt tabular">attempt {{ request.entry.attempt }}</span>
    }
    <span i18n class="duration tabular">{{ duration() }} ms</span>`,
  styleUrl: './item-row.scss',
})
export class RequestRow {
  readonly item = input.required<RequestItem>();

  protected readonly time = computed(() => clockWords(this.item().at).slice(0, -4));
  protected readonly milliseconds = computed(() => clockWords(this.item().at).slice(-4));
  protected readonly exact = computed(() => exactWords(this.item().at));
  protected readonly status = computed(() => this.item().status ?? $localize`no answer`);
  protected readonly duration = computed(() => Math.round(this.item().entry.durationMs));
}
