import { Component, DestroyRef, Injector, inject, input, signal } from '@angular/core';

import { ThisServer } from '../bridge/this-server';
import { Icon } from '../ui/icon';
import { MissingPart, tellMissing } from '../ui/missing-part';
import { PageCommands, type Command } from '../ui/page-commands';
import { Toasts } from '../ui/toasts';
import { InspectorStore, type ExportedList } from './inspector-store';
import { OpenExportMenu } from './open-export-menu';
import type { ListFormat } from './save-list';

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
  private readonly store = inject(InspectorStore);
  private readonly injector = inject(Injector);
  private readonly toasts = inject(Toasts);

  readonly list = input.required<ExportedList>();
  /** Whether there is nothing to save. */
  readonly isIdle = input(false);

  protected readonly isWanted = signal(false);

  constructor() {
    const stop = inject(PageCommands).register(() => (this.isIdle() ? [] : this.commands()));
    inject(DestroyRef).onDestroy(stop);
  }

  private commands(): readonly Command[] {
    const about = LIST_WORDS[this.list()];
    const icon = 'download';
    return [
      { id: 'export-json', label: $localize`Export as JSON`, about, icon, run: () => this.save('json') },
      { id: 'export-har', label: $localize`Export as HAR`, about, icon, run: () => this.save('har') },
    ];
  }

  private async save(format: ListFormat): Promise<void> {
    const part = await import('./save-list').catch(() => null);
    if (part === null) {
      tellMissing(this.toasts, $localize`The export`);
      return;
    }
    const { about } = this.injector.get(ThisServer);
    const version = about.hasValue() ? about.value().version : '';
    part.saveList(format, { store: this.store, list: this.list(), version });
  }
}

const LIST_WORDS: Readonly<Record<ExportedList, string>> = {
  timeline: $localize`Timeline`,
  webhooks: $localize`Webhooks`,
  requests: $localize`Requests`,
};
