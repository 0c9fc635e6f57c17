import type { AppRow } from './app-rows';

export const SORT_COLUMNS = ['status', 'created', 'name', 'endpoints', 'description'] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export const PAGE_SIZES = [10, 25, 50] as const;

/** What of the table is shown, and in which order; the page's URL holds it. */
export interface TableView {
  readonly filter: string;
  readonly sortBy: SortColumn;
  readonly isDescending: boolean;
  /** First page is 1. */
  readonly page: number;
  readonly size: number;
  /** Whether apps that are no connector apps are shown, too. */
  readonly hasOthers: boolean;
}

export const DEFAULT_VIEW: TableView = {
  filter: '',
  sortBy: 'created',
  isDescending: true,
  page: 1,
  size: 10,
  hasOthers: false,
};

/** The view's query parameters as they stand in the URL. */
export interface ViewQuery {
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
  readonly page?: string | undefined;
  readonly size?: string | undefined;
  readonly others?: string | undefined;
}

/** Reads a view from the URL; what makes no sense there falls back to the default. */
export function viewFromQuery({ filter, sort, page, size, others }: ViewQuery): TableView {
  const column = SORT_COLUMNS.find((known) => known === sort?.replace(/^-/, ''));
  return {
    filter: filter ?? '',
    sortBy: column ?? DEFAULT_VIEW.sortBy,
    isDescending: column === undefined ? DEFAULT_VIEW.isDescending : sort?.startsWith('-') === true,
    page: Math.max(1, Math.trunc(Number(page ?? 1)) || 1),
    size: PAGE_SIZES.find((known) => known === Number(size)) ?? DEFAULT_VIEW.size,
    hasOthers: others === SHOWN,
  };
}

/** The URL's query for a view; `null` removes a parameter, so that the default view has a bare URL. */
export function viewToQuery(view: TableView): Readonly<Record<keyof ViewQuery, string | null>> {
  const isDefaultSort =
    view.sortBy === DEFAULT_VIEW.sortBy && view.isDescending === DEFAULT_VIEW.isDescending;
  return {
    filter: view.filter === '' ? null : view.filter,
    sort: isDefaultSort ? null : orderOf(view),
    page: view.page === 1 ? null : String(view.page),
    size: view.size === DEFAULT_VIEW.size ? null : String(view.size),
    others: view.hasOthers ? SHOWN : null,
  };
}

const SHOWN = 'shown';

/** The order as one word, as it stands in the URL: the column, after a minus when it descends. */
export const orderOf = ({ sortBy, isDescending }: TableView): string => (isDescending ? '-' : '') + sortBy;

/** A press on a column's header: a new column ascends, the same one turns round. */
export function sortedBy(view: TableView, column: SortColumn): TableView {
  const isDescending = view.sortBy === column && !view.isDescending;
  return { ...view, sortBy: column, isDescending, page: 1 };
}

/** Rows whose name, id or description contains every word of the filter. */
export function filterRows(rows: readonly AppRow[], filter: string): readonly AppRow[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = `${row.name} ${row.id} ${row.description}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Rows in the view's order; equal ones by name, so that the order never jumps. */
export function sortRows(rows: readonly AppRow[], { sortBy, isDescending }: TableView): readonly AppRow[] {
  const compare = COMPARE[sortBy];
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b) || byText(a.name, b.name) || byText(a.id, b.id));
}

export interface TablePage {
  readonly rows: readonly AppRow[];
  /** Number of the page that is shown; less than the wanted one when there are fewer rows. */
  readonly page: number;
  readonly pageCount: number;
  /** Of how many rows. */
  readonly total: number;
  /** Place of the first and the last row shown, counted from 1; 0 when there is none. */
  readonly first: number;
  readonly last: number;
  /** How many apps that are no connector apps the filter leaves, whether shown or not. */
  readonly otherCount: number;
}

/** The rows of one page of the filtered and sorted table. */
export function pageOf(rows: readonly AppRow[], view: TableView): TablePage {
  const found = filterRows(rows, view.filter);
  const connectors = found.filter(({ isConnector }) => isConnector);
  const all = sortRows(view.hasOthers ? found : connectors, view);
  const otherCount = found.length - connectors.length;
  const pageCount = Math.max(1, Math.ceil(all.length / view.size));
  const page = Math.min(view.page, pageCount);
  const start = (page - 1) * view.size;
  const shown = all.slice(start, start + view.size);
  const first = shown.length === 0 ? 0 : start + 1;
  const last = start + shown.length;
  return { rows: shown, page, pageCount, total: all.length, first, last, otherCount };
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byText = (a: string, b: string): number => collator.compare(a, b);

const COMPARE: Readonly<Record<SortColumn, (a: AppRow, b: AppRow) => number>> = {
  status: (a, b) => Number(b.isEnabled) - Number(a.isEnabled),
  created: (a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0),
  name: (a, b) => byText(a.name, b.name),
  endpoints: (a, b) => a.endpoints.here - b.endpoints.here || a.endpoints.elsewhere - b.endpoints.elsewhere,
  description: (a, b) => byText(a.description, b.description),
};
