import { Component, computed, input } from '@angular/core';

import { Icon } from '../ui/icon';
import { clockWords, exactWords, tookWords } from '../ui/time-words';
import { markWords } from './arrival-book';
import type { WebhookItem } from './inspector-item';
import { scopeTitle } from './item-scope';
import { otherAppTitle, otherAppWords } from './other-app';
import { verdictWords } from './verdict-words';

/** One webhook in the list; its columns are named by `WebhookHeads`. */
@Component({
  selector: 'app-webhook-row',
  imports: [Icon],
  template: `@let webhook = item();
    <span class="time tabular" [title]="exact()"
      >{{ time() }}<span class="ms">{{ milliseconds() }}</span></span
    >
    <span class="type" [class.refused]="webhook.isRefused">{{ webhook.type }}</span>
    @if (webhook.marks.length > 0 || webhook.otherApp !== null) {
      <span class="marks">
        @for (mark of webhook.marks; track mark.kind) {
          <span class="mark" [title]="mark.words">{{ markWords(mark) }}</span>
        }
        @if (webhook.otherApp; as app) {
          <span class="scope other-app" [title]="otherAppTitle(app)">{{ otherAppWords(app) }}</span>
        }
      </span>
    }
    <span class="second-line">
      <span class="role">{{ webhook.role }}</span>
      <span class="summary" [title]="whole()">{{ webhook.summary }}</span>
      @if (scope(); as scope) {
        <span class="scope" [title]="scopeTitle()">{{ scope }}</span>
      }
      <span class="took tabular" title="Handled in this time, then stored and answered" i18n-title>{{
        took()
      }}</span>
    </span>
    <span class="sequence tabular">
      @if (webhook.messageSequence !== null) {
        <span i18n class="visually-hidden">sequence </span>{{ webhook.messageSequence }}
      }
    </span>
    <span class="answer tabular" [class.refused]="webhook.isRefused" [title]="answered()">
      <app-icon [name]="webhook.isRefused ? 'alert' : 'check'" /><span aria-hidden="true">{{
        webhook.answer
      }}</span
      ><span class="visually-hidden">{{ answered() }}</span>
    </span>`,
  styleUrl: './item-row.scss',
  host: { '[class.quiet]': 'item().otherApp !== null' },
})
export class WebhookRow {
  readonly item = input.required<WebhookItem>();
  /** Whose it is, where it is not of the conversation on the screen. */
  readonly scope = input<string | null>(null);

  protected readonly time = computed(() => clockWords(this.item().at).slice(0, -4));
  protected readonly milliseconds = computed(() => clockWords(this.item().at).slice(-4));
  protected readonly exact = computed(() => exactWords(this.item().at));
  protected readonly scopeTitle = computed(() => scopeTitle(this.item().conversationId));
  protected readonly markWords = markWords;
  protected readonly otherAppTitle = otherAppTitle;
  protected readonly otherAppWords = otherAppWords;
  protected readonly took = computed(() => {
    const { entry } = this.item();
    return entry.kind === 'notification' && entry.handledMs !== undefined ? tookWords(entry.handledMs) : '';
  });
  /** What the line says, or all of why it was refused. */
  protected readonly whole = computed(() => {
    const { entry, summary } = this.item();
    return entry.kind === 'notification' ? summary : entry.detail;
  });
  protected readonly answered = computed(() => {
    const { entry, answer } = this.item();
    const verdict = verdictWords(entry.kind === 'notification' ? entry.signature : entry.reason).short;
    return $localize`${verdict}, answered with ${answer}`;
  });
}
