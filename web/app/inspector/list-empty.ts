import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { EventLog } from '../bridge/event-log';
import { streamRefusal } from '../bridge/stream-refusal';
import { EmptyState } from '../ui/empty-state';
import { rememberedInside } from './inside-text';
import { InspectorStore, type ExportedList } from './inspector-store';
import { FILTER_COLUMNS } from './item-filter';
import { lookInside } from './look-inside';

/** Why a list has nothing to show. */
export type Emptiness = 'filtered' | 'cleared' | 'reading' | 'no-conversation' | 'nothing';

/** In the place of a list: why there is nothing in it. */
@Component({
  selector: 'app-list-empty',
  imports: [EmptyState, MatButton],
  templateUrl: './list-empty.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
    }
    app-empty-state {
      flex: 1;
    }
    /* The minus belongs to its word. */
    code {
      white-space: nowrap;
    }
    .found {
      overflow-wrap: anywhere;
      white-space: normal;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      justify-content: center;
    }
  `,
})
export class ListEmpty {
  private readonly log = inject(EventLog);
  private readonly store = inject(InspectorStore);
  private readonly inside = rememberedInside();

  readonly because = input.required<Emptiness>();
  readonly list = input.required<ExportedList>();
  readonly filterCleared = output();
  readonly filterChanged = output<string>();

  protected readonly refusal = computed(() => streamRefusal(this.log));
  /** The filter that finds inside what no row shows; `null` where there is no such. */
  protected readonly elsewhere = computed(() =>
    lookInside(this.store.filterText(), FILTER_COLUMNS[this.list()], {
      items: this.store.unfiltered()[this.list()],
      inside: this.inside,
    }),
  );
}
