import { Component, output } from '@angular/core';

import { Icon } from './icon';

/** Head of a dialog or card: its heading, what else belongs beside it, and at the end the button that closes it. */
@Component({
  selector: 'app-dialog-head',
  imports: [Icon],
  template: `<ng-content />
    <button
      type="button"
      class="icon-button"
      aria-label="Close"
      i18n-aria-label
      title="Close"
      i18n-title
      (click)="closeAsked.emit()"
    >
      <app-icon name="close" />
    </button>`,
  styles: `
    :host {
      display: flex;
      flex: none;
      gap: var(--space-1);
      align-items: center;
    }
    .icon-button {
      margin-inline-start: auto;
    }
  `,
})
export class DialogHead {
  readonly closeAsked = output();
}
