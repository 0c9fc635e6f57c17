import { Component, computed, input, output } from '@angular/core';

import { CopyButton } from '../ui/copy-button';
import { JsonView } from '../ui/json-view';
import { DetailHead } from './detail-head';
import type { WrittenItem } from './inspector-item';

/** A message as the consumer handed it to the bridge. */
@Component({
  selector: 'app-written-detail',
  imports: [CopyButton, DetailHead, JsonView],
  template: `@let written = item();
    <app-detail-head
      [kind]="'written'"
      [heading]="written.entry.event.type"
      [at]="written.at"
      (closed)="closed.emit()"
    >
      <app-copy-button what="JSON" i18n-what [source]="json()" />
    </app-detail-head>
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

  protected readonly json = computed(() => JSON.stringify(this.item().entry.event, null, 2));
}
