import { TestBed } from '@angular/core/testing';

import { expectAccessible } from '../testing/expect-accessible';
import { ToastOutlet } from './toast-outlet';
import { Toasts } from './toasts';

describe('Toasts', () => {
  beforeEach(() => jasmine.clock().install());
  afterEach(() => jasmine.clock().uninstall());

  const titles = (toasts: Toasts) => toasts.toasts().map(({ title }) => title);

  it('keeps every error until it is closed, whatever comes after', () => {
    const toasts = TestBed.inject(Toasts);
    toasts.error('First');
    toasts.error('Second', 'With advice');
    toasts.success('Saved');

    jasmine.clock().tick(60_000);
    expect(titles(toasts)).toEqual(['First', 'Second']);

    toasts.close(toasts.toasts()[0]?.id ?? 0);
    expect(titles(toasts)).toEqual(['Second']);
  });

  it('shows the same error once', () => {
    const toasts = TestBed.inject(Toasts);
    toasts.error('Again');
    toasts.error('Again');

    expect(titles(toasts)).toEqual(['Again']);
  });
});

describe('ToastOutlet', () => {
  it('reads errors out at once and successes when there is time', async () => {
    const toasts = TestBed.inject(Toasts);
    const fixture = TestBed.createComponent(ToastOutlet);
    toasts.error('Not sent', 'Try again.');
    toasts.success('Saved');
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;

    expect(element.querySelector('[role="alert"]')?.textContent).toContain('Not sent');
    expect(element.querySelector('[role="status"]')?.textContent).toContain('Saved');
    await expectAccessible(element);
  });

  it('lies over what was opened before a toast, and over what is opened while there is one', async () => {
    const toasts = TestBed.inject(Toasts);
    const fixture = TestBed.createComponent(ToastOutlet);
    const sheet = document.createElement('div');
    sheet.popover = 'manual';
    sheet.style.cssText = 'inset: 0; width: 100%; height: 100%; margin: 0';
    document.body.append(sheet);
    const isSeen = () => {
      const toast = (fixture.nativeElement as HTMLElement).querySelector('.toast')!;
      const { x, y, width, height } = toast.getBoundingClientRect();
      return toast.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    };
    try {
      await fixture.whenStable();
      sheet.showPopover();
      toasts.error('Not sent');
      await fixture.whenStable();
      expect(isSeen()).toBeTrue();

      sheet.hidePopover();
      const opened = new Promise((resolve) => sheet.addEventListener('toggle', resolve, { once: true }));
      sheet.showPopover();
      await opened;
      expect(isSeen()).toBeTrue();
    } finally {
      sheet.remove();
    }
  });
});
