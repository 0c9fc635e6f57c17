import { Component, type ElementRef, computed, inject, input, viewChild } from '@angular/core';

import { Icon } from '../ui/icon';
import { saveText } from '../ui/save-text';
import { InspectorStore, type ExportedList } from './inspector-store';
import { FILTER_COLUMNS, unknownColumns } from './item-filter';

/** What can be done with the lists: filter, widen, pause, clear, export. */
@Component({
  selector: 'app-inspector-tools',
  imports: [Icon],
  templateUrl: './inspector-tools.html',
  styleUrl: './inspector-tools.scss',
})
export class InspectorTools {
  protected readonly store = inject(InspectorStore);

  private readonly filter = viewChild.required<ElementRef<HTMLInputElement>>('filter');

  /** The list that an export takes. */
  readonly exported = input<ExportedList>('webhooks');

  /** Which names of the filter are no column, and which are; `null` while all are. */
  protected readonly unknown = computed(() => {
    const columns = COLUMNS_OF[this.exported()];
    const names = unknownColumns(this.store.filterText(), columns).map((name) => `“${name}”`);
    if (names.length === 0) return null;
    return $localize`No column ${names.join(', ')}, so it is looked for as a word. Columns: ${columns.join(', ')}.`;
  });

  focusFilter(): void {
    this.filter().nativeElement.focus();
  }

  protected export(): void {
    const name = `${this.exported()}-${this.store.conversationId() ?? 'all'}.json`;
    saveText(name, this.store.exportOf(this.exported()));
  }

  protected filterBy(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.filterText.set(event.target.value);
  }

  protected widen(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.isEverything.set(event.target.checked);
  }
}

const COLUMNS_OF: Readonly<Record<ExportedList, readonly string[]>> = {
  ...FILTER_COLUMNS,
  timeline: [...new Set(Object.values(FILTER_COLUMNS).flat())],
};
