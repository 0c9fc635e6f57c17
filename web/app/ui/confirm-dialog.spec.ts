import { Component, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { eventually } from '../testing/eventually';
import { expectAccessible } from '../testing/expect-accessible';
import { ConfirmDialog } from './confirm-dialog';

@Component({
  imports: [ConfirmDialog],
  template: `<app-confirm-dialog heading="Sure?" confirmLabel="Yes" [isDangerous]="true"
      >Gone.</app-confirm-dialog
    >
    <app-confirm-dialog #other heading="Really?" confirmLabel="Yes">Also gone.</app-confirm-dialog>`,
})
class Host {
  readonly dialog = viewChild.required(ConfirmDialog);
}

describe('ConfirmDialog', () => {
  async function open() {
    const fixture = TestBed.createComponent(Host);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    await fixture.whenStable();
    const dialog = element.querySelector('dialog');
    const press = (at: number) => element.querySelectorAll('button')[at]?.click();
    return { ask: () => fixture.componentInstance.dialog().ask(), element, dialog, press };
  }

  it('tells whether the person confirmed, each time anew', async () => {
    const { ask, dialog, press } = await open();
    for (const [at, expected] of [
      [1, true],
      [0, false],
      [1, true],
    ] as const) {
      const answer = ask();
      expect(dialog?.open).toBeTrue();
      press(at);
      expect(await answer).toBe(expected);
      expect(dialog?.open).toBeFalse();
    }
  });

  it('is named by its own heading where a page has several', async () => {
    const { element } = await open();

    const names = Array.from(element.querySelectorAll('dialog'), (dialog) => {
      const labelledBy = dialog.getAttribute('aria-labelledby') ?? '';
      return document.getElementById(labelledBy)?.textContent;
    });
    expect(names).toEqual(['Sure?', 'Really?']);
  });

  it('takes Escape for no', async () => {
    const { ask, dialog } = await open();
    const answer = ask();
    dialog?.close();

    expect(await answer).toBeFalse();
  });

  it('lies above what was opened since, when it is asked again', async () => {
    const { ask, dialog, element, press } = await open();
    const isOnTop = () => {
      const { x, y } = element.querySelector('button')!.getBoundingClientRect();
      return document.elementFromPoint(x + 2, y + 2)?.closest('dialog') === dialog;
    };
    const first = ask();
    const other = element.querySelectorAll('dialog')[1]!;
    other.showModal();
    expect(isOnTop()).toBeFalse();

    const again = ask();

    expect(isOnTop()).toBeTrue();
    expect(await first).toBeFalse();
    press(1);
    expect(await again).toBeTrue();
    other.close();
  });

  it('begins with the answer that does no harm, and has nothing for axe to find', async () => {
    const { ask, element, press } = await open();
    void ask();
    await eventually(() => document.activeElement?.textContent.trim() === 'Cancel');

    await expectAccessible(element);
    press(0);
  });
});
