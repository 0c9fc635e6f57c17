import { Component, computed, inject } from '@angular/core';

import { FailureNote } from '../../ui/failure-note';
import { EmulatorDesk } from './emulator-desk';

/** What came of what the emulator was asked for last: in sight however far down in the sheet the button is. */
@Component({
  selector: 'app-desk-news',
  imports: [FailureNote],
  template: `@if (desk.failure(); as failure) {
      <app-failure-note [text]="failure" />
    }
    <p class="told" role="status">{{ desk.told() }}</p>`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
    }
    :host(:not(.has-news)) {
      margin-block-start: calc(-1 * var(--space-3));
    }
    .told {
      color: var(--text-muted);
      font-size: var(--text-s);
    }
  `,
  host: { '[class.has-news]': 'hasNews()' },
})
export class DeskNews {
  protected readonly desk = inject(EmulatorDesk);

  protected readonly hasNews = computed(() => this.desk.failure() !== null || this.desk.told() !== '');
}
