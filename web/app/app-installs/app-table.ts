import { DatePipe } from '@angular/common';
import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import type { AppKey } from '#protocol/identifiers';

import { CopyButton } from '../ui/copy-button';
import { Icon } from '../ui/icon';
import { StatusChip } from '../ui/status-chip';
import type { AppRow } from './app-rows';
import { AppSecret } from './app-secret';
import { ClampedText } from './clamped-text';
import { EndpointSummary } from './endpoint-summary';
import { RowMenu } from './row-menu';
import type { SortColumn, TableView } from './table-view';

/** The apps as a table, on a small screen as cards; skeleton rows while the first answer is on its way. */
@Component({
  selector: 'app-app-table',
  imports: [
    AppSecret,
    ClampedText,
    CopyButton,
    DatePipe,
    EndpointSummary,
    Icon,
    MatButton,
    RouterLink,
    RowMenu,
    StatusChip,
  ],
  templateUrl: './app-table.html',
  styleUrl: './app-table.scss',
})
export class AppTable {
  readonly rows = input.required<readonly AppRow[]>();
  readonly view = input.required<TableView>();
  readonly isWaiting = input(false);
  /** What is being done with an app at the moment, in a word. */
  readonly busy = input<Readonly<Record<AppKey, string>>>({});
  readonly sortRequested = output<SortColumn>();
  readonly enableRequested = output<AppRow>();
  readonly disableRequested = output<AppRow>();
  readonly uninstallRequested = output<AppRow>();

  protected readonly columns = COLUMNS;
  protected readonly skeletonRows = [1, 2, 3];

  protected ariaSort(column: SortColumn): 'ascending' | 'descending' | null {
    const { sortBy, isDescending } = this.view();
    if (sortBy !== column) return null;
    return isDescending ? 'descending' : 'ascending';
  }

  /** For a head within another column's: `aria-sort` would be that column's. */
  protected orderWords(column: SortColumn): string {
    const order = this.ariaSort(column);
    if (order === null) return '';
    return order === 'ascending' ? $localize`sorted ascending` : $localize`sorted descending`;
  }

  protected sortIcon(column: SortColumn): 'arrowUp' | 'arrowDown' | 'sort' {
    const { sortBy, isDescending } = this.view();
    if (sortBy !== column) return 'sort';
    return isDescending ? 'arrowDown' : 'arrowUp';
  }
}

interface Column {
  readonly label: string;
  /** The class of its cells. */
  readonly cell: string;
  readonly sort: SortColumn | null;
}

const COLUMNS: readonly Column[] = [
  { label: $localize`Status`, cell: 'status', sort: 'status' },
  { label: $localize`Created`, cell: 'created', sort: 'created' },
  { label: $localize`App`, cell: 'app', sort: 'name' },
  { label: $localize`Secret`, cell: 'secret', sort: null },
  { label: $localize`Endpoints`, cell: 'endpoints', sort: 'endpoints' },
  { label: $localize`Description`, cell: 'description', sort: 'description' },
];
