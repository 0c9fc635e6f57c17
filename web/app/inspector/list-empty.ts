import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { EventLog } from '../bridge/event-log';
import { streamRefusal } from '../bridge/stream-refusal';
import { EmptyState } from '../ui/empty-state';
import type { ExportedList } from './inspector-store';

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
  `,
})
export class ListEmpty {
  private readonly log = inject(EventLog);

  readonly because = input.required<Emptiness>();
  readonly list = input.required<ExportedList>();
  readonly filterCleared = output();

  protected readonly refusal = computed(() => streamRefusal(this.log));
}
