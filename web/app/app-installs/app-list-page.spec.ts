import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';

import type { InstallationList } from '#protocol/bridge-api';

import { SignedInUser } from '../bridge/signed-in-user';
import { buildFailure } from '../testing/build-failure';
import { HERE, buildInstallation, endpointsAt } from '../testing/build-installation';
import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { Toasts } from '../ui/toasts';
import { AppListPage } from './app-list-page';

describe('AppListPage', () => {
  async function open({ url = '/apps', account = new FakeAccount() } = {}) {
    TestBed.configureTestingModule({
      providers: [
        provideAccount(account),
        provideRouter([{ path: '**', component: AppListPage }], withComponentInputBinding()),
      ],
    });
    await TestBed.inject(SignedInUser).signInToDemo();
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    const stable = () => harness.fixture.whenStable();
    await stable();
    return {
      account,
      element: harness.fixture.nativeElement as HTMLElement,
      stable,
      router: TestBed.inject(Router),
    };
  }

  function withApps(...names: readonly string[]): FakeAccount {
    const account = new FakeAccount();
    account.installed = names.map((name, index) => buildInstallation({ id: `id-${index}`, name }));
    return account;
  }

  const names = (element: HTMLElement) =>
    [...element.querySelectorAll('tbody .name')].map((each) => each.textContent);

  const press = (element: HTMLElement, name: string) => {
    const found = [...element.querySelectorAll<HTMLElement>('button, a')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent).trim() === name,
    );
    if (found === undefined) throw new Error(`Nothing named ${name}`);
    found.click();
  };

  it('shows status, endpoints and a way to the chat and the set-up of each app', async () => {
    const account = new FakeAccount();
    account.installed = [
      buildInstallation({ id: 'a', name: 'Alpha', webhooks: endpointsAt(HERE) }),
      buildInstallation({ id: 'b', name: 'Beta', enabled: false }),
    ];
    const { element } = await open({ account, url: '/apps?sort=name' });
    const [alpha, beta] = [...element.querySelectorAll('tbody tr')].map((row) => row.textContent);

    expect(alpha).toContain('Enabled');
    expect(alpha).toContain('5 here');
    expect(element.querySelector('a[href="/apps/a/chat"]')?.textContent).toContain('Open chat');
    expect(beta).toContain('Disabled');
    expect(beta).toContain('No chat while disabled');
    expect(element.querySelector('a[href="/apps/b/chat"]')).toBeNull();
    await expectAccessible(element);
  });

  it('shows apps that are not connector apps when asked, says what they lack, and keeps that in the URL', async () => {
    const account = withApps('Alpha');
    account.installed = [
      ...account.installed,
      buildInstallation({ id: 'r', name: 'Reader', scope: 'agent_id' }),
    ];
    const { element, router, stable } = await open({ account });
    expect(names(element)).toEqual(['Alpha']);
    expect(element.textContent).toContain('1 app of this account is not a connector app');

    press(element, 'Show in the list');
    await stable();

    expect(names(element).toSorted()).toEqual(['Alpha', 'Reader']);
    expect(router.url).toBe('/apps?others=shown');
    expect(element.textContent).toContain('Not a connector app');
    expect(element.querySelector('a[href="/apps/r/chat"]')).toBeNull();
    await expectAccessible(element);
  });

  it('moves from app to app, filters, reads again and creates by single keys', async () => {
    const { element, router, account, stable } = await open({
      account: withApps('Alpha', 'Beta'),
      url: '/apps?sort=name',
    });
    document.body.append(element);
    const key = (name: string) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    const current = () => document.activeElement?.closest('tr')?.querySelector('.name')?.textContent;
    const read = spyOn(account, 'installations').and.callThrough();

    expect(['j', 'j', 'j', 'k'].map((name) => (key(name), current()))).toEqual([
      'Alpha',
      'Beta',
      'Beta',
      'Alpha',
    ]);
    key('/');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter apps');
    key('r');
    expect(read).toHaveBeenCalledTimes(1);
    key('n');
    await stable();
    expect(router.url).toBe('/apps/new');
    element.remove();
  });

  it('restores filter, order and page from the URL, and writes them there', async () => {
    const { element, router, stable } = await open({
      account: withApps('Orders', 'Old', 'Other'),
      url: '/apps?filter=o&sort=-name',
    });
    expect(names(element)).toEqual(['Other', 'Orders', 'Old']);
    expect(element.querySelector('th[aria-sort]')?.getAttribute('aria-sort')).toBe('descending');

    const filter = element.querySelector<HTMLInputElement>('input[type="search"]');
    if (filter === null) throw new Error('No filter');
    filter.value = 'or';
    filter.dispatchEvent(new Event('input'));
    await stable();

    expect(names(element)).toEqual(['Orders']);
    expect(router.url).toBe('/apps?filter=or&sort=-name');
  });

  it('turns its pages and orders by a column’s head', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `App ${index + 1}`);
    const { element, stable, router } = await open({ account: withApps(...many), url: '/apps?sort=name' });
    const shown = names(element).length;
    expect(shown).toBeLessThan(12);

    press(element, 'Next page');
    await stable();
    expect(names(element)[0]).toBe(`App ${shown + 1}`);
    expect(element.textContent).toContain('of 12');

    press(element, 'App');
    await stable();
    expect(names(element)[0]).toBe('App 12');
    expect(router.url).toBe('/apps?sort=-name');
  });

  it('says what no app means, and what a filter hides', async () => {
    const empty = await open();
    expect(empty.element.textContent).toContain('No connector app is installed');
    TestBed.resetTestingModule();

    const { element, stable } = await open({ account: withApps('One'), url: '/apps?filter=zzz' });
    expect(element.textContent).toContain('No connector app matches “zzz”');
    // There is nothing to order, as in an empty list.
    expect(element.querySelector('app-order-select')).toBeNull();
    press(element, 'Clear the filter');
    await stable();
    expect(names(element)).toEqual(['One']);
  });

  it('says that a filter finds an app that is not a connector app, and shows it when asked', async () => {
    const account = withApps('Alpha');
    account.installed = [
      ...account.installed,
      buildInstallation({ id: 'r', name: 'Reader', scope: 'agent_id' }),
    ];
    const { element, stable } = await open({ account, url: '/apps?filter=reader' });
    expect(element.textContent).toContain('No connector app matches “reader”');
    expect(element.textContent).toContain('1 app that matches is not a connector app');

    press(element, 'Show in the list');
    await stable();
    expect(names(element)).toEqual(['Reader']);
    expect(element.textContent).toContain('All apps installed in this account');
  });

  it('says nothing of apps that are not connector apps where the filter does not find them', async () => {
    const account = withApps('Alpha');
    account.installed = [
      ...account.installed,
      buildInstallation({ id: 'r', name: 'Reader', scope: 'agent_id' }),
    ];
    const { element } = await open({ account, url: '/apps?filter=zzz' });

    expect(element.textContent).not.toContain('Show in the list');
  });

  it('is ordered by a choice where the table has no heads to press', async () => {
    const { element, router, stable } = await open({ account: withApps('Alpha', 'Beta') });
    const choice = element.querySelector<HTMLSelectElement>('app-order-select select');
    if (choice === null) throw new Error('No choice');
    expect(choice.value).toBe('-created');

    choice.value = '-name';
    choice.dispatchEvent(new Event('change'));
    await stable();

    expect(names(element)).toEqual(['Beta', 'Alpha']);
    expect(router.url).toBe('/apps?sort=-name');
  });

  it('keeps the rows when a refresh fails, says why, and recovers by Retry', async () => {
    const { account, element, stable } = await open({ account: withApps('One') });
    account.refusal = buildFailure('upstream-timeout');
    press(element, 'Refresh');
    await stable();
    expect(element.textContent).toContain('The cloud did not answer in time');
    expect(element.textContent).toMatch(
      /Tried to read the apps of this account. The list below is as of \d\d:\d\d\./,
    );
    expect(names(element)).toEqual(['One']);
    await expectAccessible(element);

    account.refusal = null;
    press(element, 'Retry');
    await stable();

    expect(element.textContent).not.toContain('did not answer');
  });

  it('offers but Retry and a new app where no list came, and all it has once one came', async () => {
    const account = withApps('One');
    const asked = spyOn(account, 'installations').and.rejectWith(buildFailure('upstream-timeout'));
    const { element, stable } = await open({ account });
    const tools = () =>
      [...element.querySelectorAll('.page-head :is(input, button, a)')].map(
        (tool) => tool.getAttribute('aria-label') ?? tool.textContent.trim(),
      );
    expect(element.textContent).toContain('Tried to read the apps of this account.');
    expect(tools()).toEqual(['Create app']);
    // It would fail as well: Retry is what helps.
    expect(element.querySelector('.page-head .mat-mdc-unelevated-button')).toBeNull();

    asked.and.callThrough();
    press(element, 'Retry');
    await stable();

    expect(names(element)).toEqual(['One']);
    expect(tools()).toEqual(['Filter apps', 'Refresh', 'Create app']);
  });

  it('leaves the focus on Retry while no list comes, and on the heading once one came', async () => {
    const account = withApps('One');
    const asked = spyOn(account, 'installations').and.rejectWith(buildFailure('upstream-timeout'));
    const { element, stable } = await open({ account });
    const retry = [...element.querySelectorAll('button')].find((each) => each.textContent.trim() === 'Retry');
    retry?.focus();
    retry?.click();
    await stable();
    expect(document.activeElement).toBe(retry ?? null);

    asked.and.callThrough();
    retry?.click();
    await eventually(() => names(element).length === 1);
    await stable();

    expect(document.activeElement).toBe(element.querySelector('h1'));
  });

  it('shows skeleton rows until the first answer, and says so to who does not see them', async () => {
    const account = withApps('One');
    const answer = Promise.withResolvers<InstallationList>();
    spyOn(account, 'installations').and.returnValue(answer.promise);
    const { element } = await open({ account });
    const isBusy = () => element.querySelector('table')?.getAttribute('aria-busy') === 'true';
    const told = () => element.querySelector('[role=status].visually-hidden')?.textContent;
    expect(isBusy()).toBeTrue();
    expect(told()).toBe('Loading the apps…');

    answer.resolve({ installations: account.installed, revision: null });
    await eventually(() => !isBusy());

    expect(names(element)).toEqual(['One']);
    expect(told()).toBe('');
  });

  it('fetches a secret only when asked, and forgets it when hidden', async () => {
    const { account, element, stable } = await open({ account: withApps('One') });
    const reveal = spyOn(account, 'revealSecret').and.callThrough();
    expect(element.textContent).not.toContain('secret-1');
    expect(reveal).not.toHaveBeenCalled();

    press(element, 'Reveal secret of One');
    await stable();
    expect(element.textContent).toContain('secret-1');

    press(element, 'Hide secret of One');
    await stable();
    expect(element.textContent).not.toContain('secret-1');
  });

  it('leaves the keyboard on the button while a secret is on its way', async () => {
    const { account, element, stable } = await open({ account: withApps('One') });
    document.body.append(element);
    const button = element.querySelector<HTMLButtonElement>('[aria-label="Reveal secret of One"]')!;
    const answer = Promise.withResolvers<undefined>();
    account.gate = answer.promise;
    button.focus();
    button.click();
    await stable();
    expect(button.ariaDisabled).toBe('true');
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    expect(document.activeElement).toBe(button);

    answer.resolve(undefined);
    await eventually(() => element.textContent.includes('secret-1'));

    expect(document.activeElement).toBe(button);
    element.remove();
  });

  const menuEntry = (name: string) => {
    const found = [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')].find((each) =>
      each.textContent.trim().startsWith(name),
    );
    if (found === undefined) throw new Error(`No entry ${name}`);
    return found;
  };

  async function choose(element: HTMLElement, app: string, entry: string): Promise<void> {
    const trigger = element.querySelector<HTMLButtonElement>(`button[aria-label="More for ${app}"]`);
    await eventually(() => trigger?.disabled === false);
    trigger?.click();
    await eventually(() => document.querySelector('[mat-menu-item]') !== null);
    menuEntry(entry).click();
    await eventually(() => document.querySelector('[mat-menu-item]') === null);
  }

  const dialog = () => document.querySelector<HTMLDialogElement>('dialog[open]');

  it('leads from each row to chat, set-up and editing', async () => {
    const { element } = await open({ account: withApps('One') });
    press(element, 'More for One');
    await eventually(() => document.querySelector('[mat-menu-item]') !== null);

    expect(menuEntry('Open chat').getAttribute('href')).toBe('/apps/id-0/chat');
    expect(menuEntry('Set up webhooks').getAttribute('href')).toBe('/apps/id-0/setup');
    expect(menuEntry('Edit').getAttribute('href')).toBe('/apps/id-0/edit');
  });

  it('disables an app only after asking, and enables it at once', async () => {
    const { account, element, stable } = await open({ account: withApps('One') });
    document.body.append(element);

    await choose(element, 'One', 'Disable');
    await eventually(() => dialog() !== null);
    await stable();
    expect(dialog()?.textContent).toContain('Disable One?');
    press(dialog() ?? element, 'Cancel');
    await stable();
    expect(account.find('id-0').enabled).toBeTrue();

    await choose(element, 'One', 'Disable');
    await eventually(() => dialog() !== null);
    press(dialog() ?? element, 'Disable');
    await eventually(() => element.textContent.includes('No chat while disabled'));
    expect(element.textContent).toContain('One is disabled.');

    await choose(element, 'One', 'Enable');
    await eventually(() => account.find('id-0').enabled);
    element.remove();
  });

  it('leaves the keyboard in a menu that was opened while another app was switched', async () => {
    const { account, element } = await open({ account: withApps('One', 'Two') });
    document.body.append(element);
    await choose(element, 'One', 'Disable');
    await eventually(() => dialog() !== null);
    const answer = Promise.withResolvers<undefined>();
    account.gate = answer.promise;
    press(dialog() ?? element, 'Disable');
    press(element, 'More for Two');
    const isInMenu = () => document.activeElement?.closest('[role=menu]') instanceof HTMLElement;
    await eventually(isInMenu);

    answer.resolve(undefined);
    await eventually(() => element.textContent.includes('No chat while disabled'));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

    expect(isInMenu()).toBeTrue();
    menuEntry('Edit').click();
    await eventually(() => document.querySelector('[mat-menu-item]') === null);
    element.remove();
  });

  it('says what becomes of open conversations and webhooks before it uninstalls', async () => {
    const { element, stable } = await open({ account: withApps('One') });
    document.body.append(element);
    await choose(element, 'One', 'Uninstall');
    await eventually(() => dialog() !== null);
    await stable();

    expect(dialog()?.textContent).toContain('sends it no webhooks');
    expect(dialog()?.textContent).toContain('Conversations that are open are not closed');
    press(dialog() ?? element, 'Cancel');
    element.remove();
  });

  it('does not announce for a disabled app what is so already', async () => {
    const account = withApps('One');
    account.replace({ ...account.find('id-0'), enabled: false });
    const { element, stable } = await open({ account });
    document.body.append(element);
    await choose(element, 'One', 'Uninstall');
    await eventually(() => dialog() !== null);
    await stable();

    expect(dialog()?.textContent).not.toContain('sends it no webhooks');
    expect(dialog()?.textContent).toContain('Conversations that are open are not closed');
    press(dialog() ?? element, 'Cancel');
    element.remove();
  });

  it('uninstalls an app only after asking', async () => {
    const { account, element, stable } = await open({ account: withApps('One', 'Two') });
    document.body.append(element);
    await choose(element, 'Two', 'Uninstall');
    await eventually(() => dialog() !== null);
    await stable();
    expect(dialog()?.textContent).toContain('Uninstall Two?');
    expect(dialog()?.querySelector('code')?.textContent).toBe('id-1');
    expect(account.installed.length).toBe(2);

    press(dialog() ?? element, 'Uninstall');
    await eventually(() => names(element).length === 1);

    expect(names(element)).toEqual(['One']);
    expect(TestBed.inject(Toasts).toasts()[0]?.title).toBe('Two was uninstalled');
    element.remove();
  });

  it('says why an app was not uninstalled, and shows how it is now', async () => {
    const { account, element } = await open({ account: withApps('One') });
    document.body.append(element);
    account.replace({ ...account.find('id-0'), description: 'Changed elsewhere' });
    await choose(element, 'One', 'Uninstall');
    await eventually(() => dialog() !== null);
    press(dialog() ?? element, 'Uninstall');
    await eventually(() => element.textContent.includes('Changed elsewhere'));

    const [toast] = TestBed.inject(Toasts).toasts();
    expect(toast?.title).toBe('One was not uninstalled');
    expect(toast?.detail).toContain('Somebody else changed this in the meantime');
    element.remove();
  });

  it('shows apps with more scopes than the connector’s, and which', async () => {
    const account = new FakeAccount();
    account.installed = [buildInstallation({ name: 'Wide', scope: 'msg.consumer agent_id other' })];
    const { element } = await open({ account });

    expect(element.querySelector('tbody')?.textContent).toContain('Extra scopes: agent_id, other');
  });

  it('offers to create an app, above all when there is none', async () => {
    const { element } = await open();

    const ways = [...element.querySelectorAll('a[href="/apps/new"]')];
    expect(ways.map((each) => each.textContent.trim())).toEqual(['Create app', 'Create app']);
    expect(ways.map((each) => each.classList.contains('mat-mdc-unelevated-button'))).toEqual([false, true]);
  });

  it('shows what was changed elsewhere when the person comes back to the page', async () => {
    const { account, element } = await open({ account: withApps('One') });
    account.replace({ ...account.find('id-0'), description: 'Changed elsewhere' });
    document.dispatchEvent(new Event('visibilitychange'));

    await eventually(() => element.textContent.includes('Changed elsewhere'));
  });
});
