import { Component, inject } from '@angular/core';

import { HistoryReader } from './history-reader';

/** Where the messages begin: whether there is anything older, and how one knows. */
@Component({
  selector: 'app-history-line',
  template: `@let reading = reader.reading();
    @switch (reading?.kind) {
      @case ('reading') {
        <p i18n class="line" aria-live="off">Reading the cloud’s history…</p>
      }
      @case ('read') {
        <p i18n class="line" aria-live="off">
          {isPartial(), select,
            true {The cloud’s history begins here; it says that something is missing}
            other {Nothing older in the cloud’s history}
          }
        </p>
      }
    }`,
  styles: `
    :host {
      display: block;
    }
    .line {
      padding-block: var(--space-2);
      color: var(--text-muted);
      font-size: var(--text-xs);
      text-align: center;
    }
  `,
})
export class HistoryLine {
  protected readonly reader = inject(HistoryReader);

  protected isPartial(): boolean {
    const reading = this.reader.reading();
    return reading?.kind === 'read' && reading.isPartial;
  }
}
