import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';

import { asAppKey } from '#protocol/identifiers';

import { AccountApps } from '../../bridge/account-apps';
import { LastApp } from '../../bridge/last-app';
import { SignedInUser } from '../../bridge/signed-in-user';
import { BlankPage } from '../../testing/blank-page';
import { buildInstallation } from '../../testing/build-installation';
import { eventually } from '../../testing/eventually';
import { expectAccessible } from '../../testing/expect-accessible';
import { FakeAccount } from '../../testing/fake-account';
import { provideAccount } from '../../testing/provide-account';
import { PageCommands } from '../../ui/page-commands';
import { CurrentPage } from '../current-page';
import { FrameOverlays } from '../frame-overlays';
import { ThemeChoice } from '../theme-choice';
import { CommandPalette } from './command-palette';

@Component({ template: '' })
class UnsavedPage {
  isAsked = false;

  mayLeave(): boolean {
    this.isAsked = true;
    return false;
  }
}

describe('CommandPalette', () => {
  async function open({ isSignedIn = true, gate = null as Promise<void> | null } = {}) {
    const account = new FakeAccount();
    account.installed = [
      buildInstallation({ name: 'Blue connector' }),
      buildInstallation({ id: 'app-2', name: 'Old connector', enabled: false }),
      buildInstallation({ id: 'app-3', name: 'Sign-on', scope: 'agent_id' }),
    ];
    TestBed.configureTestingModule({
      providers: [provideAccount(account), provideRouter([{ path: '**', component: BlankPage }])],
    });
    if (isSignedIn) await TestBed.inject(SignedInUser).signInToDemo();
    TestBed.inject(LastApp).remember(asAppKey('app-1'));
    account.gate = gate ?? account.gate;
    TestBed.inject(FrameOverlays).open('palette');
    const fixture = TestBed.createComponent(CommandPalette);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    await fixture.whenStable();
    const field = element.querySelector('input')!;
    const press = async (key: string) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await fixture.whenStable();
    };
    const type = async (text: string) => {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    const labels = () =>
      [...element.querySelectorAll('[role="option"]')].map(({ textContent }) =>
        textContent.replaceAll(/\s+/g, ' ').trim(),
      );
    return { account, element, field, fixture, labels, press, type };
  }

  it('finds what can be done by parts of its words', async () => {
    const { element, labels, type } = await open();
    await type('blue che');
    expect(labels()).toEqual(['Check webhooks Blue connector']);

    await type('old');
    expect(labels()).toEqual(['Edit app Old connector']);

    await type('nothing like it');
    expect(labels()).toEqual([]);
    expect(element.textContent).toContain('Nothing matches');
  });

  it('asks the account for its apps once, however often it is opened', async () => {
    const { account, fixture } = await open();
    const reading = spyOn(account, 'installations').and.callThrough();
    fixture.destroy();

    const again = TestBed.createComponent(CommandPalette);
    document.body.append(again.nativeElement as HTMLElement);
    await again.whenStable();

    expect(TestBed.inject(AccountApps).known()?.installations.length).toBe(3);
    expect(reading).not.toHaveBeenCalled();
  });

  it('finds what is typed with letters left out, the best fit first', async () => {
    const { labels, type } = await open();
    await type('chkweb');
    expect(labels()).toEqual(['Check webhooks Blue connector']);

    await type('oc');
    expect(labels()[0]).toBe('Open chat Blue connector');
  });

  it('opens an app’s check with the keyboard alone', async () => {
    const { element, press, type } = await open();
    await expectAccessible(element);
    await type('check blue');

    await press('Enter');

    expect(TestBed.inject(Router).url).toBe('/apps/app-1/setup?step=check');
    expect(element.querySelector('dialog')?.open).toBeFalse();
  });

  it('goes up and down, around the ends', async () => {
    const { element, field, press, type } = await open();
    await type('theme');
    const current = () => {
      const id = field.getAttribute('aria-activedescendant') ?? '';
      return element.querySelector(`#${id}`)?.textContent.trim();
    };
    expect(current()).toContain('Theme: system');

    await press('ArrowUp');
    expect(current()).toBe('Theme: dark');
    await press('Enter');

    expect(TestBed.inject(ThemeChoice).theme()).toBe('dark');
    TestBed.inject(ThemeChoice).choose('auto');
  });

  it('keeps the command that was gone to when the apps come, and runs that', async () => {
    const answer = Promise.withResolvers<undefined>();
    const { element, field, fixture, press } = await open({ gate: answer.promise });
    const current = () => {
      const id = field.getAttribute('aria-activedescendant') ?? '';
      return element.querySelector(`#${id}`)?.textContent.trim();
    };
    await press('ArrowUp');
    await press('ArrowUp');
    expect(current()).toBe('About');

    answer.resolve(undefined);
    await eventually(() => element.textContent.includes('Blue connector'));
    await fixture.whenStable();

    expect(current()).toBe('About');
    await press('Enter');
    expect(TestBed.inject(FrameOverlays).current()).toBe('about');
  });

  it('marks the theme and the contrast that hold, whose names stay', async () => {
    const { labels, type } = await open();
    const choice = TestBed.inject(ThemeChoice);
    choice.choose('light');
    choice.toggleHighContrast();
    await type('theme');
    expect(labels()).toEqual(['Theme: system', 'Theme: light , on', 'Theme: dark']);

    await type('high contrast');
    expect(labels()).toEqual(['High contrast , on']);
    choice.choose('auto');
    choice.toggleHighContrast();
  });

  it('starts a new conversation with the app that was used last', async () => {
    const { press, type } = await open();
    await type('new conv');

    await press('Enter');

    expect(TestBed.inject(Router).url).toBe('/apps/app-1/chat');
  });

  it('offers no page to who is not signed in', async () => {
    const { labels } = await open({ isSignedIn: false });

    expect(labels()).toEqual([
      'Theme: system , on',
      'Theme: light',
      'Theme: dark',
      'High contrast',
      'Keyboard map',
      'About',
    ]);
  });

  it('signs out, unless the page holds what would get lost and the person stays', async () => {
    const { account, press, type } = await open();
    const page = new UnsavedPage();
    TestBed.inject(CurrentPage).show(page);
    await type('sign out');

    await press('Enter');

    expect(page.isAsked).toBeTrue();
    expect(account.user).not.toBeNull();
  });

  it('signs out without a question when nothing would get lost', async () => {
    const { account, press, type } = await open();
    await type('sign out');

    await press('Enter');
    await eventually(() => TestBed.inject(Router).url === '/sign-in');

    expect(account.user).toBeNull();
  });

  it('finds what the page adds, and shows what there may be many of only then', async () => {
    const opened: string[] = [];
    const { labels, press, type } = await open();
    TestBed.inject(PageCommands).register(() => [
      { id: 'tab', label: 'Show the state', about: '', icon: 'braces', run: () => undefined },
      ...['Alice', 'Creatrix'].map((label) => ({
        ...{ id: label, label, about: 'open', icon: 'chat' as const, isOnlyFound: true },
        run: () => opened.push(label),
      })),
    ]);
    await type(' ');
    expect(labels()).toContain('Show the state');
    expect(labels().join()).not.toContain('Alice');

    await type('crea');
    expect(labels().toSorted()).toEqual(['Create app', 'Creatrix open']);
    await type('alice');
    await press('Enter');

    expect(opened).toEqual(['Alice']);
  });

  it('gives way to the keyboard map', async () => {
    const { press, type } = await open();
    await type('keyboard');

    await press('Enter');
    await new Promise((resolve) => setTimeout(resolve));

    expect(TestBed.inject(FrameOverlays).current()).toBe('keyboard');
  });
});
