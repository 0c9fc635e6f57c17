import { Component, computed, input, linkedSignal, output, viewChild } from '@angular/core';

import { serviceWords } from '../bridge/service-words';
import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { JsonView } from '../ui/json-view';
import { StatusChip } from '../ui/status-chip';
import { TabBar, type Tab } from '../ui/tab-bar';
import { clockWords } from '../ui/time-words';
import { DetailHead } from './detail-head';
import { HeaderList } from './header-list';
import { CopyCurl } from './copy-curl';
import { toCurl } from './curl';
import type { CallItem } from './request-item';
import { publishedEvent, type PublishedEvent } from './published-event';

const TABS: readonly Tab[] = [
  { id: 'request', label: $localize`Request` },
  { id: 'response', label: $localize`Response` },
];

/** One call to the cloud: what was sent and what came back, if it did already; secrets masked by the bridge. */
@Component({
  selector: 'app-request-detail',
  imports: [CopyButton, CopyCurl, DetailHead, HeaderList, Icon, JsonView, StatusChip, TabBar],
  templateUrl: './request-detail.html',
  styleUrls: ['./tool-button.scss', './item-detail.scss'],
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class RequestDetail {
  readonly item = input.required<CallItem>();
  readonly closed = output();
  readonly sendAgain = output<PublishedEvent>();

  private readonly copy = viewChild.required(CopyCurl);

  protected readonly tabs = TABS;
  protected readonly curl = (): string => toCurl(this.item().entry.request);
  /** A failed call is opened for its answer. */
  protected readonly tab = linkedSignal(() => (this.isFailed() ? 'response' : 'request'));
  protected readonly isWaiting = computed(() => this.item().kind === 'waiting');
  private readonly isFailed = computed(() => this.exchange()?.isFailed === true);
  /** `null` while there is no answer. */
  private readonly exchange = computed(() => {
    const item = this.item();
    return item.kind === 'request' ? item : null;
  });

  protected readonly time = computed(() => clockWords(this.item().at));
  /** Why there is no answer. */
  protected readonly failure = computed(() => {
    const exchange = this.exchange();
    if (exchange === null)
      return { title: $localize`No answer yet`, words: $localize`Waiting since ${this.time()}.` };
    const words = exchange.entry.failure ?? $localize`The connection ended without one.`;
    return { title: $localize`No answer came`, words };
  });
  protected readonly outcome = computed(() => {
    const exchange = this.exchange();
    if (exchange === null) return $localize`waiting`;
    const status = exchange.status ?? $localize`no answer`;
    return $localize`${status} · ${Math.round(exchange.entry.durationMs)} ms`;
  });
  protected readonly tone = computed(() =>
    this.isWaiting() ? 'neutral' : this.isFailed() ? 'danger' : 'ok',
  );
  protected readonly bodyLabel = computed(() =>
    this.tab() === 'request' ? $localize`JSON of the request` : $localize`JSON of the response`,
  );
  protected readonly service = computed(() => serviceWords(this.item().entry.service));
  /** The side that the tab shows; `null` when no answer came. */
  protected readonly side = computed(() =>
    this.tab() === 'request' ? this.item().entry.request : (this.exchange()?.entry.response ?? null),
  );
  protected readonly json = computed(() => JSON.stringify(this.side()?.body ?? null, null, 2));

  /** What the call published; `null` for other calls, and while it may still be published. */
  protected readonly event = computed(() => {
    const exchange = this.exchange();
    return exchange === null ? null : publishedEvent(exchange.entry.request.body);
  });

  copyAsCurl(): void {
    void this.copy().copy();
  }

  /** Asks to send the event once more; does nothing for calls that publish none. */
  askAgain(): void {
    const event = this.event();
    if (event !== null) this.sendAgain.emit(event);
  }

  protected isEmpty(body: unknown): boolean {
    return body === undefined || body === null || body === '';
  }
}
