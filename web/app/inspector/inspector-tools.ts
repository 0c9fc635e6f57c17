import { Component, type ElementRef, computed, inject, input, output, viewChild } from '@angular/core';

import { Icon } from '../ui/icon';
import { ExportMenu } from './export-menu';
import { FilterHelp } from './filter-help';
import { InspectorStore, type ExportedList } from './inspector-store';
import { filterMistakes } from './filter-mistakes';
import { FILTER_COLUMNS, termsOf, unknownColumns } from './item-filter';

/** What can be done with the lists: filter, widen, pause, clear, export. */
@Component({
  selector: 'app-inspector-tools',
  imports: [ExportMenu, FilterHelp, Icon],
  templateUrl: './inspector-tools.html',
  styleUrls: ['./tool-button.scss', './inspector-tools.scss'],
})
export class InspectorTools {
  protected readonly store = inject(InspectorStore);

  private readonly filter = viewChild.required<ElementRef<HTMLInputElement>>('filter');

  /** The list that an export takes. */
  readonly exported = input<ExportedList>('webhooks');

  /** Whether there is nothing to work on, and never will be. */
  readonly isIdle = input(false);

  /** Whether the list stays at its newest. */
  readonly isFollowing = input(true);
  readonly followToggled = output();

  protected readonly example = computed(() => EXAMPLES[this.exported()]);
  protected readonly matches = computed(() => this.store.matches()?.[this.exported()] ?? null);
  /** What the count takes of the field, by its figures. */
  protected readonly matchesSize = computed(() => {
    const matches = this.matches();
    return matches === null ? 0 : 22 + 6 * `${matches.shown}${matches.of}`.length;
  });
  protected readonly matchesTitle = computed(() =>
    this.exported() === 'timeline'
      ? $localize`Arrows of the messages, webhooks and requests that match`
      : $localize`Rows that match the filter`,
  );
  /** Calls of the account that are no part of the conversation's story; the list of webhooks has none. */
  protected readonly accountCalls = computed(() =>
    this.exported() === 'webhooks' ? 0 : this.store.accountCalls(),
  );
  /** What of the filter cannot be meant so; `null` while there is nothing. */
  protected readonly mistakes = computed(() => {
    const text = this.store.filterText();
    if (text === '') return null;
    const columns = FILTER_COLUMNS[this.exported()];
    const names = unknownColumns(text, columns).map((name) => `“${name}”`);
    const unknown = $localize`No column ${names.join(', ')}, so it is looked for as a word. Columns: ${columns.join(', ')}.`;
    const others = filterMistakes(text, columns, this.store.unfiltered()[this.exported()]);
    const all = names.length === 0 ? others : [unknown, ...others];
    return all.length === 0 ? null : all.join(' ');
  });

  focusFilter(): void {
    this.filter().nativeElement.focus();
  }

  setFilter(text: string): void {
    this.store.filterText.set(text);
    this.focusFilter();
  }

  /** Behind what stands there; a phrase that is not written to its end ends before it. */
  protected addTerm(term: string): void {
    const text = this.store.filterText().trim();
    const added = `${text} ${term}`.trim();
    this.setFilter(termsOf(added).at(-1) === term ? added : `${text}" ${term}`);
  }

  protected toggleAccount(): void {
    this.store.isAccountShown.update((isShown) => !isShown);
  }

  protected filterBy(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.filterText.set(event.target.value);
  }

  protected widen(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.isEverything.set(event.target.checked);
  }
}

const EXAMPLES: Readonly<Record<ExportedList, string>> = {
  timeline: $localize`Filter, e.g. type:content`,
  webhooks: $localize`Filter, e.g. body:order`,
  requests: $localize`Filter, e.g. status:>=400`,
};
