import { BreakpointObserver } from '@angular/cdk/layout';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { of } from 'rxjs';

import { SignedInUser } from '../bridge/signed-in-user';
import { BlankPage } from '../testing/blank-page';
import { eventually } from '../testing/eventually';
import { FakeAccount } from '../testing/fake-account';
import { provideAccount } from '../testing/provide-account';
import { UserMenu } from './user-menu';

describe('UserMenu', () => {
  const entries = () => [...document.querySelectorAll<HTMLElement>('[role^=menuitem], [role=separator]')];
  const wordsOf = (entry: HTMLElement) => entry.textContent.trim();

  async function open({ isNarrow = false } = {}) {
    TestBed.configureTestingModule({
      providers: [
        provideAccount(new FakeAccount()),
        provideRouter([{ path: '**', component: BlankPage }]),
        {
          provide: BreakpointObserver,
          useValue: { observe: () => of({ matches: isNarrow, breakpoints: {} }) },
        },
      ],
    });
    await TestBed.inject(SignedInUser).signInToDemo();
    await TestBed.inject(Router).navigateByUrl('/apps/a-1/setup');
    const fixture = TestBed.createComponent(UserMenu);
    await eventually(() => entries().length > 0);
    await fixture.whenStable();
  }

  it('marks the page one is on where it is the navigation', async () => {
    await open({ isNarrow: true });

    const current = entries().filter((entry) => entry.getAttribute('aria-current') === 'page');
    expect(current.map(wordsOf)).toEqual(['Set-up']);
  });

  it('sets the themes, of which one holds, apart from the contrast, which is on or off', async () => {
    await open();

    expect(entries().map(wordsOf).slice(0, 6)).toEqual([
      ...['Theme: system', 'Theme: light', 'Theme: dark', '', 'High contrast', ''],
    ]);
  });
});
