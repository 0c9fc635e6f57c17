import { Component, input, signal } from '@angular/core';

import { Icon } from '../ui/icon';
import { MissingPart } from '../ui/missing-part';
import type { ExportedList } from './inspector-store';
import { OpenExportMenu } from './open-export-menu';

/** Saves what a list shows, in a format of one's choice. The menu and the formats are loaded when they are wanted. */
@Component({
  selector: 'app-export-menu',
  imports: [Icon, MissingPart, OpenExportMenu],
  template: `@defer (when isWanted(); prefetch on idle) {
      <app-open-export-menu [list]="list()" [isIdle]="isIdle()" />
    } @placeholder {
      <button
        type="button"
        class="tool"
        aria-haspopup="menu"
        aria-expanded="false"
        title="Save what the list shows"
        i18n-title
        [disabled]="isIdle()"
        (click)="isWanted.set(true)"
      >
        <app-icon name="download" /><span i18n class="word">Export</span>
      </button>
    } @error {
      <app-missing-part what="The menu of the export" i18n-what [isButton]="true" />
    }`,
  styleUrl: './tool-button.scss',
  host: { style: 'display: inline-flex' },
})
export class ExportMenu {
  readonly list = input.required<ExportedList>();
  /** Whether there is nothing to save. */
  readonly isIdle = input(false);

  protected readonly isWanted = signal(false);
}
