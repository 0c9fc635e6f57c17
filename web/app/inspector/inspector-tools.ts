import { Component, type ElementRef, inject, input, viewChild } from '@angular/core';

import { Icon } from '../ui/icon';
import { saveText } from '../ui/save-text';
import { InspectorStore, type ExportedList } from './inspector-store';

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
