import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { HistoryReader } from './history-reader';

/** Looks in the cloud's history for what no webhook told. */
@Component({
  selector: 'app-read-history-button',
  imports: [MatButton],
  template: `<button
    i18n
    type="button"
    matButton="outlined"
    [disabled]="history.reading()?.kind === 'reading'"
    (click)="history.readAgain()"
  >
    Read the history
  </button>`,
})
export class ReadHistoryButton {
  protected readonly history = inject(HistoryReader);
}
