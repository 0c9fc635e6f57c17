import { Component, computed, inject, input, output } from '@angular/core';

import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { JsonView } from '../ui/json-view';
import { StatusChip } from '../ui/status-chip';
import { clockWords, exactWords, spanWords, tookWords } from '../ui/time-words';
import { markWords } from './arrival-book';
import { HeaderList } from './header-list';
import type { WebhookItem } from './inspector-item';
import { InspectorStore } from './inspector-store';
import { otherAppSentences } from './other-app';
import { verdictWords } from './verdict-words';

/** Everything known about one webhook. */
@Component({
  selector: 'app-webhook-detail',
  imports: [CopyButton, HeaderList, Icon, JsonView, StatusChip],
  templateUrl: './webhook-detail.html',
  styleUrl: './item-detail.scss',
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class WebhookDetail {
  private readonly store = inject(InspectorStore);

  readonly item = input.required<WebhookItem>();
  readonly closed = output();

  protected readonly time = computed(() => clockWords(this.item().at));
  protected readonly markWords = markWords;
  protected readonly otherAppSentences = otherAppSentences;
  protected readonly exact = computed(() => exactWords(this.item().at));
  /** How long it was under way, by both clocks; `null` where the cloud does not say. */
  protected readonly delay = computed(() => {
    const { at, madeAt } = this.item();
    return madeAt === null ? null : spanWords(at - madeAt);
  });
  protected readonly took = computed(() => {
    const ms = this.received()?.handledMs;
    return ms === undefined ? null : tookWords(ms);
  });
  protected readonly stamped = computed(() => clockWords(this.item().madeAt ?? this.item().at));
  protected readonly received = computed(() => {
    const { entry } = this.item();
    return entry.kind === 'notification' ? entry : null;
  });
  protected readonly refused = computed(() => {
    const { entry } = this.item();
    return entry.kind === 'notification-refused' ? entry : null;
  });
  protected readonly verdict = computed(() => {
    const { entry } = this.item();
    return verdictWords(entry.kind === 'notification' ? entry.signature : entry.reason);
  });
  /** The whole notification: the log keeps its changes apart. */
  protected readonly body = computed(() => {
    const changes = this.store
      .delivery(this.item())
      .flatMap(({ entry }) => (entry.kind === 'notification' ? [entry.change] : []));
    return { kind: 'notification', type: this.received()?.type ?? '', body: { changes } };
  });
  protected readonly json = computed(() => JSON.stringify(this.body(), null, 2));
}
