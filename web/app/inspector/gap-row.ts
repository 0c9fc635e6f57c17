import { Component, input } from '@angular/core';

import { Icon } from '../ui/icon';
import type { GapItem } from './missing-sequences';

/** Between the webhooks: what has a number and is not here. */
@Component({
  selector: 'app-gap-row',
  imports: [Icon],
  template: `<app-icon name="info" /><span class="words">{{ item().words }}</span>`,
  styles: `
    :host {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      height: 100%;
      padding-inline: var(--space-4) var(--space-3);
      color: var(--text-muted);
      font-size: var(--text-xs);
      white-space: nowrap;
    }

    .words {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }
  `,
  host: { '[attr.title]': 'item().hint' },
})
export class GapRow {
  readonly item = input.required<GapItem>();
}
