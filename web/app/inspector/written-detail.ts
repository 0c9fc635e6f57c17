import { Component, computed, input, output } from '@angular/core';

import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { JsonView } from '../ui/json-view';
import { clockWords, exactWords } from '../ui/time-words';
import type { WrittenItem } from './inspector-item';

/** A message as the consumer handed it to the bridge. */
@Component({
  selector: 'app-written-detail',
  imports: [CopyButton, Icon, JsonView],
  template: `@let written = item();
    <header class="head">
      <span i18n class="kind written">written</span>
      <h3 class="title">{{ written.entry.event.type }}</h3>
      <span class="time tabular" [title]="exact()">{{ time() }}</span>
      <span class="space"></span>
      <app-copy-button what="JSON" i18n-what [source]="json()" />
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
      </button>
    </header>
    <div class="body">
      <dl class="facts">
        <div>
          <dt i18n>Dialog</dt>
          <dd>{{ written.entry.dialogId }}</dd>
        </div>
        <div>
          <dt i18n>Client message id</dt>
          <dd>{{ written.entry.clientMessageId }}</dd>
        </div>
      </dl>
      <app-json-view label="JSON of the event" i18n-label [value]="written.entry.event" />
    </div>`,
  styleUrl: './item-detail.scss',
  host: { '(keydown.escape)': 'closed.emit()' },
})
export class WrittenDetail {
  readonly item = input.required<WrittenItem>();
  readonly closed = output();

  protected readonly time = computed(() => clockWords(this.item().at));
  protected readonly exact = computed(() => exactWords(this.item().at));
  protected readonly json = computed(() => JSON.stringify(this.item().entry.event, null, 2));
}
