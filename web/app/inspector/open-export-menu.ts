import { Component, afterNextRender, inject, input, viewChild } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { ThisServer } from '../bridge/this-server';
import { WEBHOOK_PATH } from '../bridge/webhook-endpoints';
import { Icon } from '../ui/icon';
import { saveText } from '../ui/save-text';
import { toHar } from './har';
import { InspectorStore, type ExportedList } from './inspector-store';

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
      <button mat-menu-item (click)="saveAsJson()">
        <span i18n class="format">JSON <span class="use">as the log has it</span></span>
      </button>
      <button mat-menu-item (click)="saveAsHar()">
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

  protected saveAsJson(): void {
    this.save('json', this.store.exportOf(this.list()));
  }

  protected saveAsHar(): void {
    const version = this.about.hasValue() ? this.about.value().version : '';
    const webhookUrl = location.origin + WEBHOOK_PATH;
    const archive = toHar(this.store.entriesOf(this.list()), { webhookUrl, version });
    this.save('har', JSON.stringify(archive, null, 2));
  }

  private save(extension: 'json' | 'har', text: string): void {
    saveText(`${this.list()}-${this.store.conversationId() ?? 'all'}.${extension}`, text);
  }
}
