import { Component, afterNextRender, input, output, viewChild } from '@angular/core';
import { MatDivider } from '@angular/material/divider';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';

import { Icon } from '../ui/icon';
import type { AppRow } from './app-rows';

/** What one can do with an app. Loaded when it is asked for, so it opens as soon as it is there. */
@Component({
  selector: 'app-open-row-menu',
  imports: [Icon, MatDivider, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  template: `<button
      type="button"
      class="icon-button"
      [matMenuTriggerFor]="menu"
      ariaLabel="More for {{ row().name }}"
      i18n-ariaLabel
      title="More"
      i18n-title
    >
      <app-icon name="more" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      @if (row().isEnabled && row().isConnector) {
        <a mat-menu-item [routerLink]="['/apps', row().id, 'chat']">
          <span i18n class="entry"><app-icon name="chat" /> Open chat</span>
        </a>
        <a mat-menu-item [routerLink]="['/apps', row().id, 'setup']">
          <span i18n class="entry"><app-icon name="server" /> Set up webhooks</span>
        </a>
        <a mat-menu-item [routerLink]="['/apps', row().id, 'setup']" [queryParams]="{ step: 'check' }">
          <span i18n class="entry"><app-icon name="check" /> Check webhooks</span>
        </a>
      }
      <a mat-menu-item [routerLink]="['/apps', row().id, 'edit']">
        <span i18n class="entry"><app-icon name="edit" /> Edit</span>
      </a>
      <mat-divider />
      @if (row().isEnabled) {
        <button mat-menu-item [disabled]="isBusy()" (click)="disableRequested.emit()">
          <span i18n class="entry"><app-icon name="pause" /> Disable…</span>
        </button>
      } @else {
        <button mat-menu-item [disabled]="isBusy()" (click)="enableRequested.emit()">
          <span i18n class="entry"><app-icon name="play" /> Enable</span>
        </button>
      }
      <button mat-menu-item [disabled]="isBusy()" (click)="uninstallRequested.emit()">
        <span i18n class="entry danger"><app-icon name="trash" /> Uninstall…</span>
      </button>
    </mat-menu>`,
  styles: `
    .entry {
      display: flex;
      gap: var(--space-3);
      align-items: center;
    }
    .danger {
      color: var(--danger);
    }
  `,
  host: { style: 'display: inline-flex' },
})
export class OpenRowMenu {
  readonly row = input.required<AppRow>();
  readonly isBusy = input(false);
  readonly enableRequested = output();
  readonly disableRequested = output();
  readonly uninstallRequested = output();

  private readonly trigger = viewChild.required(MatMenuTrigger);

  constructor() {
    afterNextRender({ write: () => this.trigger().openMenu() });
  }
}
