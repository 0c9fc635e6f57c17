import {
  Component,
  DestroyRef,
  ElementRef,
  computed,
  inject,
  input,
  linkedSignal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConfirmDialog } from '../ui/confirm-dialog';
import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { Shortcuts } from '../ui/shortcuts';
import { timeWords } from '../ui/time-words';
import { inTurns, turnsSinceDrawn } from '../ui/turns';
import { AppTable } from './app-table';
import { InstallsStore } from './installs-store';
import { listKeys } from './list-keys';
import { OrderSelect } from './order-select';
import { RowActions } from './row-actions';
import { RowFocus } from './row-focus';
import {
  PAGE_SIZES,
  orderOf,
  pageOf,
  sortedBy,
  viewFromQuery,
  viewToQuery,
  type SortColumn,
  type TableView,
} from './table-view';

/** The account's connector apps: find one, open its chat, set up its webhooks. The URL holds filter, order and page. */
@Component({
  selector: 'app-app-list-page',
  imports: [AppTable, ConfirmDialog, FailureNote, Icon, MatButton, OrderSelect, RouterLink],
  providers: [InstallsStore, RowActions, RowFocus],
  templateUrl: './app-list-page.html',
  styleUrl: './app-list-page.scss',
  host: { '(document:visibilitychange)': 'refreshWhenSeen()' },
})
export class AppListPage {
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly store = inject(InstallsStore);
  protected readonly actions = inject(RowActions);
  private readonly focus = inject(RowFocus);

  readonly filter = input<string>();
  readonly sort = input<string>();
  readonly page = input<string>();
  readonly size = input<string>();
  readonly others = input<string>();

  private readonly filterField = viewChild<ElementRef<HTMLInputElement>>('filterField');
  private readonly disableDialog = viewChild.required<ConfirmDialog>('disableDialog');
  private readonly uninstallDialog = viewChild.required<ConfirmDialog>('uninstallDialog');

  protected readonly turn = turnsSinceDrawn(2);
  protected readonly pageSizes = PAGE_SIZES;
  protected readonly view = linkedSignal(() =>
    viewFromQuery({
      ...{ filter: this.filter(), sort: this.sort(), page: this.page(), size: this.size() },
      others: this.others(),
    }),
  );
  protected readonly shown = computed(() => pageOf(this.store.rows(), this.view()));
  protected readonly drawnRows = inTurns(computed(() => this.shown().rows));
  protected readonly areRowsDrawn = computed(() => this.drawnRows().length === this.shown().rows.length);
  /** There is no connector app, whatever the filter. */
  protected readonly isEmpty = computed(
    () => this.store.hasLoaded() && this.view().filter === '' && this.shown().total === 0,
  );
  /** For who does not see the table: that it is on its way, and what was done. */
  protected readonly told = computed(() =>
    this.store.isLoading() && !this.store.hasLoaded() ? $localize`Loading the apps…` : this.actions.told(),
  );
  protected readonly range = computed(() => {
    const { first, last, total } = this.shown();
    return first === last ? $localize`${first} of ${total}` : $localize`${first}–${last} of ${total}`;
  });
  protected readonly order = computed(() => orderOf(this.view()));
  /** Without a list there is nothing to filter, and Retry stands where it is missing. */
  protected readonly hasTools = computed(() => this.store.hasLoaded() || this.store.failure() === null);
  /** What was tried in vain, and how old that makes the rows that stay. */
  protected readonly tried = computed(() => {
    const readAt = this.store.readAt();
    return readAt === null
      ? $localize`Tried to read the apps of this account.`
      : $localize`Tried to read the apps of this account. The list below is as of ${timeWords(readAt)}.`;
  });

  constructor() {
    void this.store.load();
    const stop = inject(Shortcuts).register(
      ...listKeys(this.host.nativeElement, {
        filter: () => this.filterField()?.nativeElement.focus(),
        refresh: () => void this.store.load(),
        create: () => void this.router.navigateByUrl('/apps/new'),
      }),
    );
    inject(DestroyRef).onDestroy(stop);
    this.actions.askWith(() => ({ disable: this.disableDialog(), uninstall: this.uninstallDialog() }));
  }

  /** Whoever comes back from another window, where apps may have been changed, sees them as they are. */
  protected refreshWhenSeen(): void {
    if (document.visibilityState === 'visible' && this.store.hasLoaded()) void this.store.load();
  }

  /** Its button goes with the note where the list comes: the focus goes on to the heading. */
  protected async retry(): Promise<void> {
    await this.store.load();
    this.focus.keepOnPage();
  }

  protected filterBy(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.show({ filter: event.target.value, page: 1 });
  }

  protected resetFilter(): void {
    this.show({ filter: '', page: 1 });
    this.filterField()?.nativeElement.focus();
  }

  protected toggleOthers(): void {
    this.show({ hasOthers: !this.view().hasOthers, page: 1 });
  }

  protected sortBy(column: SortColumn): void {
    this.show(sortedBy(this.view(), column));
  }

  protected orderBy(order: string): void {
    const { sortBy, isDescending } = viewFromQuery({ sort: order });
    this.show({ sortBy, isDescending, page: 1 });
  }

  protected turnTo(page: number): void {
    this.show({ page });
  }

  protected resize(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.show({ size: Number(event.target.value), page: 1 });
  }

  /** The screen changes at once; the URL follows without a new step in the browser's history. */
  private show(change: Partial<TableView>): void {
    const view = { ...this.view(), ...change };
    this.view.set(view);
    void this.router.navigate([], {
      ...{ queryParams: viewToQuery(view), replaceUrl: true },
      scroll: 'manual',
    });
  }
}
