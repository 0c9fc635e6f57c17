import { asAppKey } from '#protocol/identifiers';

import { buildInstallation, endpointsAt, HERE } from '../testing/build-installation';
import { toRows } from './app-rows';
import {
  DEFAULT_VIEW,
  filterRows,
  pageOf,
  sortRows,
  sortedBy,
  viewFromQuery,
  viewToQuery,
  type SortColumn,
} from './table-view';

const ROWS = toRows(
  [
    buildInstallation({ id: 'b', name: 'Bot 10', description: 'Zebra', client_id_issued_at: 300 }),
    buildInstallation({ id: 'a', name: 'Bot 2', enabled: false, client_id_issued_at: 100 }),
    buildInstallation({
      id: 'c',
      name: 'Äpfel',
      description: 'Ant',
      webhooks: endpointsAt(HERE),
      client_id_issued_at: 200,
    }),
  ],
  [HERE],
);

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).join('');

describe('toRows', () => {
  it('tells apps with the connector’s scope, and more besides, from those without; leaves out what is deleted', () => {
    const installations = [
      buildInstallation({ id: 'more', scope: 'msg.consumer agent.read' }),
      buildInstallation({ id: 'other', scope: 'agent.read' }),
      buildInstallation({ id: 'gone', deleted: true }),
    ];

    const rows = toRows(installations, []);
    expect(rows.map(({ id, isConnector }) => [id, isConnector])).toEqual([
      [asAppKey('more'), true],
      [asAppKey('other'), false],
    ]);
    expect(rows[0]?.otherScopes).toEqual(['agent.read']);
  });

  it('does not invent a date for an app that has none', () => {
    expect(toRows([buildInstallation({ client_id_issued_at: 0 })], [])[0]?.createdAt).toBeNull();
  });
});

describe('filterRows', () => {
  it('finds every word in name, id or description, in any case', () => {
    expect(ids(filterRows(ROWS, 'BOT zebra'))).toBe('b');
    expect(ids(filterRows(ROWS, '  '))).toBe('bac');
    expect(ids(filterRows(ROWS, 'bot ant'))).toBe('');
  });
});

describe('sortRows', () => {
  const order = (sortBy: SortColumn, isDescending = false) =>
    ids(sortRows(ROWS, { ...DEFAULT_VIEW, sortBy, isDescending }));

  it('orders by each column, numbers in names by their value', () => {
    expect(order('name')).toBe('cab');
    expect(order('created')).toBe('acb');
    expect(order('status')).toBe('cba');
    expect(order('endpoints')).toBe('abc');
    expect(order('description')).toBe('acb');
  });

  it('turns round, with the newest app first by default', () => {
    expect(ids(sortRows(ROWS, DEFAULT_VIEW))).toBe('bca');
    expect(order('name', true)).toBe('bac');
  });

  it('leaves the rows it was given alone', () => {
    sortRows(ROWS, { ...DEFAULT_VIEW, sortBy: 'name' });

    expect(ids(ROWS)).toBe('bac');
  });
});

describe('sortedBy', () => {
  it('ascends by a new column, turns the same one round, and starts at the first page', () => {
    const once = sortedBy({ ...DEFAULT_VIEW, page: 3 }, 'name');
    expect(once).toEqual(jasmine.objectContaining({ sortBy: 'name', isDescending: false, page: 1 }));
    expect(sortedBy(once, 'name').isDescending).toBeTrue();
  });
});

describe('pageOf', () => {
  const many = toRows(
    Array.from({ length: 23 }, (_, index) => buildInstallation({ id: `a${index}`, name: `App ${index}` })),
    [],
  );

  it('counts rows and pages', () => {
    const { rows, ...numbers } = pageOf(many, { ...DEFAULT_VIEW, page: 3 });

    expect(rows.length).toBe(3);
    expect(numbers).toEqual({ page: 3, pageCount: 3, total: 23, first: 21, last: 23, otherCount: 0 });
  });

  it('shows the last page when there are fewer than wanted', () => {
    expect(pageOf(many, { ...DEFAULT_VIEW, page: 9 }).page).toBe(3);
  });

  it('counts the apps that are not connector apps and match, shown or not', () => {
    const rows = [...many, ...toRows([buildInstallation({ id: 'r', name: 'Reader', scope: 'x' })], [])];
    const others = (filter: string, hasOthers: boolean) => {
      const { total, otherCount } = pageOf(rows, { ...DEFAULT_VIEW, filter, hasOthers });
      return [total, otherCount];
    };

    expect(others('', false)).toEqual([23, 1]);
    expect(others('', true)).toEqual([24, 1]);
    expect(others('reader', false)).toEqual([0, 1]);
    expect(others('reader', true)).toEqual([1, 1]);
    expect(others('app 22', true)).toEqual([1, 0]);
  });

  it('is one empty page when nothing matches', () => {
    const { rows, ...numbers } = pageOf(many, { ...DEFAULT_VIEW, filter: 'nothing' });

    expect(rows).toEqual([]);
    expect(numbers).toEqual({ page: 1, pageCount: 1, total: 0, first: 0, last: 0, otherCount: 0 });
  });
});

describe('the view in the URL', () => {
  it('comes back as it went', () => {
    const view = {
      filter: 'bot',
      sortBy: 'name',
      isDescending: true,
      page: 2,
      size: 25,
      hasOthers: true,
    } as const;
    const { filter, sort, page, size, others } = viewToQuery(view);

    const query = { filter: filter ?? '', sort: sort ?? '', page: page ?? '', size: size ?? '' };
    expect(viewFromQuery({ ...query, others: others ?? '' })).toEqual(view);
  });

  it('is bare for the default', () => {
    expect(viewToQuery(DEFAULT_VIEW)).toEqual({
      filter: null,
      sort: null,
      page: null,
      size: null,
      others: null,
    });
  });

  it('falls back where it makes no sense', () => {
    expect(viewFromQuery({ sort: '-nonsense', page: '-3', size: '7' })).toEqual(DEFAULT_VIEW);
    expect(viewFromQuery({ page: 'x' }).page).toBe(1);
  });
});
