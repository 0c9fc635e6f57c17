import { ErrorHandler, provideIdleServiceWith } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, TitleStrategy, provideRouter, type Routes } from '@angular/router';

import { asAppKey, asConversationId } from '#protocol/identifiers';

import { App } from './app';
import { ROUTING } from './app.config';
import { routes } from './app.routes';
import { LastApp } from './bridge/last-app';
import { FrameOverlays } from './shell/frame-overlays';
import { pageFrom } from './shell/lost-page';
import { PageErrors } from './shell/page-errors';
import { PageTitles } from './shell/page-titles';
import { buildFailure } from './testing/build-failure';
import { buildInstallation, buildUser } from './testing/build-installation';
import { eventually } from './testing/eventually';
import { expectAccessible } from './testing/expect-accessible';
import { FakeAccount } from './testing/fake-account';
import { FakeEventSources } from './testing/fake-event-source';
import { provideAccount } from './testing/provide-account';
import { Shortcuts } from './ui/shortcuts';

describe('the frame', () => {
  /** A browser that has always something to do. */
  class NeverIdle {
    readonly requestOnIdle = () => 0;
    readonly cancelOnIdle = () => undefined;
  }

  async function open(url: string, { isSignedIn = true, more = [] as Routes, isBusy = false } = {}) {
    const account = new FakeAccount();
    account.installed = [buildInstallation()];
    account.user = isSignedIn ? buildUser() : null;
    const sources = new FakeEventSources();
    TestBed.configureTestingModule({
      providers: [
        provideAccount(account, { sources }),
        provideRouter([...more, ...routes], ...ROUTING),
        PageErrors,
        PageTitles,
        { provide: ErrorHandler, useExisting: PageErrors },
        { provide: TitleStrategy, useExisting: PageTitles },
        ...(isBusy ? [NeverIdle, provideIdleServiceWith(NeverIdle)] : []),
      ],
    });
    const fixture = TestBed.createComponent(App);
    const router = TestBed.inject(Router);
    await router.navigateByUrl(url);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    return { account, fixture, router, sources, element };
  }

  const heading = (element: HTMLElement) => element.querySelector('main h1');
  const currentLink = (element: HTMLElement) =>
    element.querySelector('nav [aria-current="page"]')?.textContent;

  it('names account, environment and connection on every signed-in page', async () => {
    const { element, sources, fixture } = await open('/apps');
    sources.last.send('caught-up', { sequence: 0 });
    await fixture.whenStable();

    const header = element.querySelector('header')?.textContent ?? '';
    expect(header).toContain('demo · admin');
    expect(header).toContain('Emulator · localhost:8283');
    expect(header).toContain('Live');
    expect(currentLink(element)).toBe('Apps');
    expect(document.title).toBe('Apps · Connector API demo');
    await expectAccessible(element);
  });

  it('says without being asked that the server cannot store what happens, and that it can again', async () => {
    const { element, sources, fixture } = await open('/apps');
    const chip = () => element.querySelector('app-connection-chip')?.textContent;
    sources.last.send('caught-up', { sequence: 0 });

    sources.last.send('heartbeat', { at: 1, sequence: 0, isStoring: false });
    await fixture.whenStable();
    expect(chip()).toContain('Not storing');
    await expectAccessible(element);

    sources.last.send('heartbeat', { at: 2, sequence: 0, isStoring: true });
    await fixture.whenStable();
    expect(chip()).not.toContain('Not storing');
  });

  it('opens the commands, the keyboard map and what this is at once, however busy the browser is', async () => {
    const { element, fixture } = await open('/apps', { isBusy: true });
    const overlays = TestBed.inject(FrameOverlays);

    for (const overlay of ['palette', 'keyboard', 'about'] as const) {
      overlays.open(overlay);
      await fixture.whenStable();
      await eventually(() => element.querySelector('dialog[open]') !== null);
      overlays.close();
      await fixture.whenStable();
    }
    expect(element.querySelector('dialog[open]')).toBeNull();
  });

  describe('what is typed before the commands are there', () => {
    const press = (key: string, ctrlKey = false) =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true }));

    it('looks for a command, and does nothing else meanwhile', async () => {
      const { element, fixture } = await open('/apps');
      const run = jasmine.createSpy();
      TestBed.inject(Shortcuts).register({ key: 'n', words: 'New', group: 'Page', run });

      press('k', true);
      for (const key of ['n', 'e', 'x', 'Backspace', 'w', ' ', 'a']) press(key);
      await eventually(() => element.querySelector('dialog[open]') !== null);
      await fixture.whenStable();

      expect(element.querySelector<HTMLInputElement>('dialog input')!.value).toBe('new a');
      expect(run).not.toHaveBeenCalled();

      TestBed.inject(FrameOverlays).close();
      await fixture.whenStable();
      press('n');
      expect(run).toHaveBeenCalledOnceWith();
    });

    it('runs the command that Enter was pressed for', async () => {
      const { element, fixture, router } = await open('/apps');

      press('k', true);
      for (const key of ['s', 'e', 't', '-', 'u', 'p', 'Enter']) press(key);
      await eventually(() => router.url === '/setup');
      await fixture.whenStable();

      expect(element.querySelector('dialog[open]')).toBeNull();
    });

    it('is given up with Escape', async () => {
      const { fixture } = await open('/apps');

      press('k', true);
      press('s');
      press('Escape');
      await fixture.whenStable();

      expect(TestBed.inject(FrameOverlays).current()).toBeNull();
    });

    it('is given up with a press elsewhere, so that a field that one went back to gets every letter', async () => {
      await open('/apps');
      const letter = new KeyboardEvent('keydown', { key: 's', bubbles: true, cancelable: true });

      press('k', true);
      document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      document.body.dispatchEvent(letter);

      expect(TestBed.inject(FrameOverlays).current()).toBeNull();
      expect(letter.defaultPrevented).toBeFalse();
    });
  });

  it('moves the focus to the new page’s heading, but not when only the query changes', async () => {
    const { element, fixture, router } = await open('/apps');

    await router.navigateByUrl('/setup');
    await fixture.whenStable();
    expect(document.activeElement).toBe(heading(element));
    expect(document.activeElement?.textContent).toBe('Set-up');

    const button = element.querySelector('button');
    button?.focus();
    await router.navigateByUrl('/setup?step=messaging');
    await fixture.whenStable();
    expect(document.activeElement).toBe(button);
  });

  it('begins with the list of apps, and once a workbench was used with that', async () => {
    const { router, fixture } = await open('/');
    expect(router.url).toBe('/apps');

    await router.navigateByUrl('/apps/app-1/chat');
    await fixture.whenStable();
    await router.navigateByUrl('/setup');
    await router.navigateByUrl('/');

    expect(router.url).toBe('/apps/app-1/chat');
  });

  it('remembers nothing for who is not signed in and comes to the start', async () => {
    const { router } = await open('/', { isSignedIn: false });

    expect(router.url).toBe('/sign-in');
  });

  it('tells once that a page did not come, and stays where it is', async () => {
    spyOn(console, 'error');
    const { element, router, fixture } = await open('/apps', {
      more: [
        { path: 'lost', loadComponent: pageFrom(() => Promise.reject(new TypeError('Failed to fetch'))) },
      ],
    });

    expect(await router.navigateByUrl('/lost')).toBeFalse();
    await fixture.whenStable();

    expect(router.url).toBe('/apps');
    expect([...element.querySelectorAll('.toast strong')].map((each) => each.textContent)).toEqual([
      'This page could not be loaded',
    ]);
  });

  it('shows links and chips, and in its menu the way out, only to who is signed in', async () => {
    const frame = (element: HTMLElement) =>
      ['nav[aria-label="Main"]', 'app-connection-chip', 'app-environment-chip'].map(
        (part) => element.querySelector(part) !== null,
      );
    const menu = async (element: HTMLElement) => {
      element.querySelector<HTMLElement>('header .trigger')?.click();
      await eventually(() => document.querySelector('[mat-menu-item]') !== null);
      const entries = [...document.querySelectorAll('[mat-menu-item]')].map((each) =>
        each.textContent.trim(),
      );
      return ['Apps', 'Sign out'].map((entry) => entries.includes(entry));
    };
    const outside = await open('/sign-in', { isSignedIn: false });
    expect(frame(outside.element)).toEqual([false, false, false]);
    expect(await menu(outside.element)).toEqual([false, false]);
    outside.element.remove();
    TestBed.resetTestingModule();

    const inside = await open('/apps');
    expect(frame(inside.element)).toEqual([true, true, true]);
    expect(await menu(inside.element)).toEqual([true, true]);
  });

  it('says so when an address leads nowhere', async () => {
    const { element } = await open('/nowhere');

    expect(heading(element)?.textContent).toBe('This page does not exist');
    expect(element.textContent).toContain('/nowhere');
    await expectAccessible(element);
  });

  it('leads to sign-in with a reason when the session ends, and keeps the URL for afterwards', async () => {
    const { account, fixture, router, sources, element } = await open('/apps?filter=x');
    account.user = null;

    sources.last.send('signed-out', { reason: 'expired' });
    await fixture.whenStable();

    expect(router.url).toBe(`/sign-in?wanted=${encodeURIComponent('/apps?filter=x')}&because=expired`);
    expect(element.textContent).toContain('Your session has ended');
  });

  it('asks the session why the stream was refused', async () => {
    const { account, router, sources } = await open('/apps');
    account.user = null;

    sources.last.refuse();
    await eventually(() => router.url.startsWith('/sign-in'));

    expect(router.url).toBe('/sign-in?wanted=%2Fapps&because=expired');
  });

  it('says why the server gives no stream, until it gives one', async () => {
    const { account, element, fixture, sources } = await open('/apps');
    const chip = () => element.querySelector('app-connection-chip')?.textContent ?? '';
    account.streamRefusal = buildFailure('too-many-streams', { detail: 'This session has 32 open.' });

    sources.last.refuse();
    await eventually(() => chip().includes('Refused'));

    expect(chip()).toContain('Too many tabs of this browser hear from the server. Close tabs');
    expect(chip()).toContain('This session has 32 open.');
    await expectAccessible(element);

    sources.last.open();
    sources.last.send('caught-up', { sequence: 0 });
    await fixture.whenStable();
    expect(chip()).toContain('Live');
    expect(chip()).not.toContain('Too many tabs');
  });

  it('stays where it is when only the stream was refused', async () => {
    const { account, fixture, router, sources } = await open('/apps');
    const asked = spyOn(account, 'askForStream').and.callThrough();

    sources.last.refuse();
    await eventually(() => asked.calls.count() > 0);
    await asked.calls.mostRecent().returnValue;
    await fixture.whenStable();

    expect(router.url).toBe('/apps');
  });

  it('sends the workbench link to the only connector app while no workbench was used, else to the list', async () => {
    const { account, router } = await open('/workbench');
    expect(router.url).toBe('/apps/app-1/chat');

    account.installed = [buildInstallation({ id: 'app-2' }), buildInstallation({ id: 'app-3' })];
    await router.navigateByUrl('/setup');
    await router.navigateByUrl('/workbench');

    expect(router.url).toBe('/apps');
  });

  it('leads by the workbench link to the app of the last set-up when the last one is gone', async () => {
    const { account, router, fixture } = await open('/apps/app-1/chat/conversation-9');
    account.installed = [buildInstallation({ id: 'app-2' }), buildInstallation({ id: 'app-3' })];
    await router.navigateByUrl('/apps/app-2/setup');
    await fixture.whenStable();

    await router.navigateByUrl('/workbench');

    expect(router.url).toBe('/apps/app-2/chat');
  });

  it('doubts no conversation to which the workbench link does not lead', async () => {
    const { account, router } = await open('/setup');
    const lastApp = TestBed.inject(LastApp);
    lastApp.remember(asAppKey('app-1'), null, asConversationId('conversation-9'));
    account.installed = [buildInstallation({ id: 'app-2' }), buildInstallation({ id: 'app-3' })];

    await router.navigateByUrl('/workbench');

    expect(router.url).toBe('/apps');
    expect(lastApp.inDoubt()).toBeNull();
  });

  it('leads by the workbench link to where one was when the account cannot tell its apps', async () => {
    const { account, router, fixture } = await open('/apps/app-1/chat');
    await router.navigateByUrl('/setup');
    await fixture.whenStable();
    account.refusal = buildFailure('internal');

    await router.navigateByUrl('/workbench');

    expect(router.url).toBe('/apps/app-1/chat');
  });

  it('leads by the workbench link to where in the workbench one was', async () => {
    const { account, element, router, fixture } = await open('/setup');
    account.installed = [buildInstallation(), buildInstallation({ id: 'app-2' })];
    await router.navigateByUrl('/apps/app-2/chat/conversation-9?tab=requests');
    await fixture.whenStable();
    await router.navigateByUrl('/apps');
    await fixture.whenStable();

    element.querySelector<HTMLAnchorElement>('nav a[href="/workbench"]')?.click();
    await eventually(() => router.url !== '/apps');

    expect(router.url).toBe('/apps/app-2/chat/conversation-9?tab=requests');
  });
});
