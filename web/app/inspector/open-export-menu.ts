import { Component, afterNextRender, inject, input, viewChild } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { ThisServer } from '../bridge/this-server';
import { Icon } from '../ui/icon';
import { InspectorStore, type ExportedList } from './inspector-store';
import { saveList, type ListFormat } from './save-list';

/** The formats in which a list can be saved. Loaded when it is asked for, so it opens as soon as it is there. */
@Component({
  selector: 'app-open-export-menu',
  imports: [Icon, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `<button
      type="button"
      class="tool"
      [matMenuTriggerFor]="menu"
      title="Save what the list shows"
      i18n-title
      [disabled]="isIdle()"
    >
      <app-icon name="download" /><span i18n class="word">Export</span>
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <button mat-menu-item (click)="save('json')">
        <span i18n class="format">JSON <span class="use">as the log has it</span></span>
      </button>
      <button mat-menu-item (click)="save('har')">
        <span i18n class="format">HAR <span class="use">for developer tools and Postman</span></span>
      </button>
    </mat-menu>`,
  styleUrl: './tool-button.scss',
  styles: `
    .format {
      display: grid;
      padding-block: var(--space-2);
      font-weight: 600;
    }
    .use {
      color: var(--text-muted);
      font-size: var(--text-s);
      font-weight: 400;
    }
  `,
  host: { style: 'display: inline-flex' },
})
export class OpenExportMenu {
  private readonly store = inject(InspectorStore);
  private readonly about = inject(ThisServer).about;

  readonly list = input.required<ExportedList>();
  /** Whether there is nothing to save. */
  readonly isIdle = input(false);

  private readonly trigger = viewChild.required(MatMenuTrigger);

  constructor() {
    afterNextRender({ write: () => this.trigger().openMenu() });
  }

  protected save(format: ListFormat): void {
    const version = this.about.hasValue() ? this.about.value().version : '';
    saveList(format, { store: this.store, list: this.list(), version });
  }
}
