import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { buildInstallation } from '../testing/build-installation';
import { eventually } from '../testing/eventually';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { toRows } from './app-rows';
import { AppTable } from './app-table';
import { DEFAULT_VIEW, type SortColumn } from './table-view';

const APP = buildInstallation({ id: 'id-1', name: 'One', description: 'Bridges channel X' });

describe('AppTable', () => {
  async function open(app = APP) {
    TestBed.configureTestingModule({ providers: [provideAccount(new FakeAccount()), provideRouter([])] });
    const fixture = TestBed.createComponent(AppTable);
    fixture.componentRef.setInput('rows', toRows([app], []));
    fixture.componentRef.setInput('view', DEFAULT_VIEW);
    fixture.componentRef.setInput('isWaiting', false);
    fixture.componentRef.setInput('busy', {});
    const sorted: SortColumn[] = [];
    fixture.componentInstance.sortRequested.subscribe((column) => sorted.push(column));
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const button = (name: string) => {
      const found = [...element.querySelectorAll('button')].find((each) =>
        (each.getAttribute('aria-label') ?? each.textContent).trim().startsWith(name),
      );
      if (found === undefined) throw new Error(`No button ${name}`);
      return found;
    };
    return { fixture, element, button, sorted, stable: () => fixture.whenStable() };
  }

  const cell = (element: HTMLElement, column: string) =>
    element.querySelector(`tbody .${column}`)?.textContent.trim() ?? '';

  it('shows name, id, day of creation and description of an app, and its secret masked', async () => {
    const { element } = await open();

    expect(cell(element, 'name')).toBe('One');
    expect(cell(element, 'id code')).toBe('id-1');
    expect(element.querySelector('tbody time')?.getAttribute('datetime')).toContain('2020-01-24');
    expect(cell(element, 'description')).toBe('Bridges channel X');
    expect(cell(element, 'secret code')).toMatch(/^•+$/);
  });

  it('has a head for the description also where it stands below the name', async () => {
    const { element, button, sorted, fixture } = await open();
    const head = button('App').nextElementSibling as HTMLButtonElement;
    expect(head.textContent.trim()).toBe('Description');

    head.click();
    fixture.componentRef.setInput('view', { ...DEFAULT_VIEW, sortBy: 'description', isDescending: true });
    await fixture.whenStable();

    expect(sorted).toEqual(['description']);
    expect(head.textContent).toContain('sorted descending');
    expect(element.querySelectorAll('th[aria-sort]').length).toBe(1);
  });

  it('shows the whole of a long description when asked', async () => {
    const { element, button, stable } = await open({ ...APP, description: 'Bridges channel X. '.repeat(40) });
    document.body.append(element);
    const words = () => element.querySelector('.description app-clamped-text span');
    await eventually(() => element.querySelector('.description .link-button') !== null);
    const before = words()?.clientHeight ?? 0;

    button('More').click();
    await stable();

    expect(words()?.clientHeight).toBeGreaterThan(before);
    expect(button('Less').getAttribute('aria-expanded')).toBe('true');
    element.remove();
  });

  it('offers no secret of an app that has none', async () => {
    const { element, button } = await open(buildInstallation({ name: 'One', hasSecret: false }));

    expect(cell(element, 'secret')).toContain('None');
    expect(() => button('Reveal secret of One')).toThrowError();
  });

  it('copies id and secret, the secret without showing it', async () => {
    const written = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    const { element, button, stable } = await open();

    button('Copy id of One').click();
    button('Copy secret of One').click();
    await eventually(() => written.calls.count() === 2);
    await stable();

    expect(written.calls.allArgs()).toEqual([['id-1'], ['secret-1']]);
    expect(element.textContent).not.toContain('secret-1');
  });

  it('is ordered by the head of every column that orders', async () => {
    const { button, sorted } = await open();

    for (const head of ['Status', 'Created', 'App', 'Endpoints', 'Description']) button(head).click();

    expect(sorted).toEqual(['status', 'created', 'name', 'endpoints', 'description']);
  });
});
