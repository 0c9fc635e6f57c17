import { ErrorHandler } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { buildFailure } from '../testing/build-failure';
import { expectAccessible } from '../testing/expect-accessible';
import { ToastOutlet } from '../ui/toast-outlet';
import { PageErrors } from './page-errors';

describe('PageErrors', () => {
  function open() {
    spyOn(console, 'error');
    TestBed.configureTestingModule({
      providers: [PageErrors, { provide: ErrorHandler, useExisting: PageErrors }],
    });
    const fixture = TestBed.createComponent(ToastOutlet);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    return { errors: TestBed.inject(ErrorHandler), fixture, element };
  }

  it('tells of a defect, keeps it on the screen, and lets its details be copied', async () => {
    const { errors, fixture, element } = open();
    const copied = spyOn(navigator.clipboard, 'writeText').and.resolveTo();

    errors.handleError(new TypeError('x is not a function'));
    await fixture.whenStable();
    element.querySelector<HTMLElement>('[aria-label="Copy details"]')?.click();
    await fixture.whenStable();

    expect(element.textContent).toContain('Something went wrong on this page');
    expect(element.textContent).toContain('“x is not a function”. Reload');
    expect([...element.querySelectorAll('button')].map(({ textContent }) => textContent.trim())).toEqual([
      ...['Reload', 'Copy details', ''],
    ]);
    expect(copied.calls.mostRecent().args[0]).toMatch(
      /At: http.*\nTime: .*\nBrowser: .*\nTypeError: x is not/,
    );
    await expectAccessible(element);
  });

  it('uses the words of the bridge where it has some', async () => {
    const { errors, fixture, element } = open();

    errors.handleError(buildFailure('store-unavailable'));
    await fixture.whenStable();

    expect(element.textContent).toContain('The server cannot store anything at the moment');
  });
});
