import { Component, computed, input, linkedSignal, output, viewChild } from '@angular/core';

import { serviceWords } from '../bridge/service-words';
import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { JsonView } from '../ui/json-view';
import { StatusChip } from '../ui/status-chip';
import { TabBar, type Tab } from '../ui/tab-bar';
import { clockWords, exactWords } from '../ui/time-words';
import { HeaderList } from './header-list';
import { CopyCurl } from './copy-curl';
import type { RequestItem } from './request-item';
import { publishedEvent, type PublishedEvent } from './published-event';

const TABS: readonly Tab[] = [
  { id: 'request', label: $localize`Request` },
  { id: 'response', label: $localize`Response` },
];

/** One call to the cloud: what was sent and what came back, secrets masked by the bridge. */
@Component({
  selector: 'app-request-detail',
  imports: [CopyButton, CopyCurl, HeaderList, Icon, JsonView, StatusChip, TabBar],
  templateUrl: './request-detail.html',
  styleUrl: './item-detail.scss',
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class RequestDetail {
  readonly item = input.required<RequestItem>();
  readonly closed = output();
  readonly sendAgain = output<PublishedEvent>();

  private readonly curl = viewChild.required(CopyCurl);

  protected readonly tabs = TABS;
  /** A failed call is opened for its answer. */
  protected readonly tab = linkedSignal(() => (this.item().isFailed ? 'response' : 'request'));

  protected readonly time = computed(() => clockWords(this.item().at));
  protected readonly endedWords = $localize`The connection ended without one.`;
  protected readonly statusWords = computed(() => this.item().status ?? $localize`no answer`);
  protected readonly exact = computed(() => exactWords(this.item().at));
  protected readonly bodyLabel = computed(() =>
    this.tab() === 'request' ? $localize`JSON of the request` : $localize`JSON of the response`,
  );
  protected readonly service = computed(() => serviceWords(this.item().entry.service));
  protected readonly duration = computed(() => Math.round(this.item().entry.durationMs));
  /** The side that the tab shows; `null` when no answer came. */
  protected readonly side = computed(() => {
    const { request, response } = this.item().entry;
    return this.tab() === 'request' ? request : response;
  });
  protected readonly json = computed(() => JSON.stringify(this.side()?.body ?? null, null, 2));

  /** What the call published; `null` for other calls. */
  protected readonly event = computed(() => publishedEvent(this.item().entry.request.body));

  copyAsCurl(): void {
    void this.curl().copy();
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
