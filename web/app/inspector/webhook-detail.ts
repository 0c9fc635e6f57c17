import { Component, computed, inject, input, output, viewChild } from '@angular/core';

import { WEBHOOK_PATH } from '../bridge/webhook-endpoints';
import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { JsonView } from '../ui/json-view';
import { StatusChip } from '../ui/status-chip';
import { clockWords, spanWords, tookWords } from '../ui/time-words';
import { markWords } from './arrival-book';
import { CopyCurl } from './copy-curl';
import { DetailHead } from './detail-head';
import { HeaderList } from './header-list';
import type { WebhookItem } from './inspector-item';
import { InspectorStore } from './inspector-store';
import { otherAppSentences } from './other-app';
import { rebuiltNotification } from './rebuilt-notification';
import { hasMore, verdictWords } from './verdict-words';
import { webhookToCurl } from './webhook-curl';

/** Everything known about one webhook. */
@Component({
  selector: 'app-webhook-detail',
  imports: [CopyButton, CopyCurl, DetailHead, HeaderList, Icon, JsonView, StatusChip],
  templateUrl: './webhook-detail.html',
  styleUrl: './item-detail.scss',
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class WebhookDetail {
  private readonly store = inject(InspectorStore);

  readonly item = input.required<WebhookItem>();
  readonly closed = output();

  private readonly copy = viewChild(CopyCurl);

  protected readonly markWords = markWords;
  protected readonly hasMore = hasMore;
  protected readonly otherAppSentences = otherAppSentences;
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
  /** The whole notification. */
  protected readonly body = computed(() =>
    rebuiltNotification(
      this.store.delivery(this.item()).flatMap(({ entry }) => (entry.kind === 'notification' ? [entry] : [])),
    ),
  );
  protected readonly json = computed(() => JSON.stringify(this.body(), null, 2));
  protected readonly curl = (): string =>
    webhookToCurl({
      url: location.origin + WEBHOOK_PATH,
      headers: this.received()?.headers ?? {},
      body: JSON.stringify(this.body()),
    });
  /** What a copy has of the body, where its bytes cannot be those that came; else `null`. */
  protected readonly rebuilt = computed(() => {
    const bytes = new TextEncoder().encode(JSON.stringify(this.body())).length;
    return bytes === this.received()?.sizeBytes ? null : { bytes, changes: this.body().body.changes.length };
  });

  /** Does nothing for a webhook that was refused: its body is not kept. */
  copyAsCurl(): void {
    void this.copy()?.copy();
  }
}
