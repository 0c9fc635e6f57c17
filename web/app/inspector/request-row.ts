import { Component, computed, input } from '@angular/core';

import { clockWords, exactWords } from '../ui/time-words';
import { scopeTitle } from './item-scope';
import type { CallItem } from './request-item';

/** A path of more segments is too long for a row. */
const MOST_SEGMENTS = 4;

/** Begin and end of a path without its query: who wants more points at it or opens the call. */
function partsOf(path: string): { readonly start: string; readonly end: string } {
  const pathname = path.replace(/\?.*/, '');
  const [, first, ...segments] = pathname.split('/');
  if (segments.length < MOST_SEGMENTS) return { start: '', end: pathname };
  return { start: `/${first}/`, end: `…/${segments.slice(-2).join('/')}` };
}

/** One call to the cloud in the list; its columns are named by `RequestHeads`. */
@Component({
  selector: 'app-request-row',
  template: `@let request = item();
    <span class="time tabular" [title]="exact()"
      >{{ time() }}<span class="ms">{{ milliseconds() }}</span></span
    >
    <span class="method">{{ request.method }}</span>
    <span
      class="status tabular"
      [class.refused]="isFailed()"
      [class.waiting]="isWaiting()"
      [title]="statusTitle()"
      >{{ status() }}</span
    >
    <span class="summary" [title]="request.entry.summary + ' ' + request.carried">
      <span class="name">{{ request.name + ' ' }}</span>
      @if (request.carried) {
        <span class="carried">{{ request.carried + ' ' }}</span>
      }
      @if (request.envelope) {
        <span class="envelope">· {{ request.envelope }}</span>
      }
    </span>
    <span class="second-line">
      <span class="where" [title]="request.entry.service + ' ' + request.entry.request.url"
        ><span class="where-start">{{ where().start }}</span
        ><span class="where-end">{{ where().end }}</span></span
      >
      @if (scope(); as scope) {
        <span class="scope" [title]="scopeTitle()">{{ scope }}</span>
      }
      @if (request.entry.attempt > 1) {
        <span i18n class="attempt tabular">attempt {{ request.entry.attempt }}</span>
      }
    </span>
    <span class="took tabular">{{ took() }}</span>`,
  styleUrl: './item-row.scss',
})
export class RequestRow {
  readonly item = input.required<CallItem>();
  /** Whose it is, where it is not of the conversation on the screen. */
  readonly scope = input<string | null>(null);

  protected readonly time = computed(() => clockWords(this.item().at).slice(0, -4));
  protected readonly milliseconds = computed(() => clockWords(this.item().at).slice(-4));
  protected readonly exact = computed(() => exactWords(this.item().at));
  protected readonly isWaiting = computed(() => this.item().kind === 'waiting');
  protected readonly isFailed = computed(() => {
    const item = this.item();
    return item.kind === 'request' && item.isFailed;
  });
  /** No wider than a code, and as the filter says it. */
  protected readonly status = computed(() => {
    const item = this.item();
    return item.kind === 'waiting' ? '…' : (item.status ?? $localize`none`);
  });
  protected readonly statusTitle = computed(() => {
    const item = this.item();
    return item.kind === 'request' && item.status === null ? $localize`No answer came` : '';
  });
  protected readonly scopeTitle = computed(() => scopeTitle(this.item().conversationId));
  protected readonly took = computed(() => {
    const item = this.item();
    return item.kind === 'waiting' ? $localize`waiting` : $localize`${Math.round(item.entry.durationMs)} ms`;
  });
  /** The middle of what is long goes: begin and end of the path tell calls apart. */
  protected readonly where = computed(() => partsOf(this.item().path));
}
