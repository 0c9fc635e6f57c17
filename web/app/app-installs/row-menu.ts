import { Component, input, output, signal } from '@angular/core';

import { Icon } from '../ui/icon';
import { MissingPart } from '../ui/missing-part';
import type { AppRow } from './app-rows';
import { OpenRowMenu } from './open-row-menu';

/** What one can do with an app: open, set up, edit, switch, uninstall. The table does not wait for the menus of its rows. */
@Component({
  selector: 'app-row-menu',
  imports: [Icon, MissingPart, OpenRowMenu],
  template: `@defer (when isWanted(); prefetch on idle) {
      <app-open-row-menu
        [row]="row()"
        [isBusy]="isBusy()"
        (enableRequested)="enableRequested.emit()"
        (disableRequested)="disableRequested.emit()"
        (uninstallRequested)="uninstallRequested.emit()"
      />
    } @placeholder {
      <button
        type="button"
        class="icon-button"
        aria-haspopup="menu"
        aria-expanded="false"
        ariaLabel="More for {{ row().name }}"
        i18n-ariaLabel
        title="More"
        i18n-title
        (click)="isWanted.set(true)"
      >
        <app-icon name="more" />
      </button>
    } @error {
      <app-missing-part what="The menu of {{ row().name }}" i18n-what [isButton]="true" />
    }`,
  host: { style: 'display: inline-flex' },
})
export class RowMenu {
  readonly row = input.required<AppRow>();
  readonly isBusy = input(false);
  readonly enableRequested = output();
  readonly disableRequested = output();
  readonly uninstallRequested = output();

  protected readonly isWanted = signal(false);
}
