import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FormField, form, required } from '@angular/forms/signals';

import { eventually } from '../testing/eventually';
import { FieldError } from './field-error';

@Component({
  selector: 'app-spec-form',
  imports: [FieldError, FormField],
  template: `<input [formField]="name" /><app-field-error [field]="name" />`,
})
class SpecForm {
  protected readonly name = form(signal(''), (path) => required(path, { message: 'Enter a name.' }));
}

describe('FieldError', () => {
  async function open() {
    const fixture = TestBed.createComponent(SpecForm);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    await fixture.whenStable();
    const leave = async () => {
      element.querySelector('input')?.dispatchEvent(new Event('blur'));
      await fixture.whenStable();
    };
    return { element, leave };
  }

  const point = (name: 'pointerdown' | 'pointerup' | 'pointercancel', more: PointerEventInit = {}) =>
    document.body.dispatchEvent(new PointerEvent(name, { bubbles: true, ...more }));

  it('says what is wrong once the person has been there', async () => {
    const { element, leave } = await open();
    expect(element.textContent).not.toContain('Enter a name.');

    await leave();

    expect(element.textContent).toContain('Enter a name.');
  });

  for (const end of ['pointerup', 'pointercancel'] as const) {
    it(`moves nothing away from under a pressed pointer, and says it after ${end}`, async () => {
      const { element, leave } = await open();

      point('pointerdown');
      await leave();
      expect(element.textContent).not.toContain('Enter a name.');

      point(end);
      await eventually(() => element.textContent.includes('Enter a name.'));
    });
  }

  it('waits for no other button than the first, whose end a menu may swallow', async () => {
    const { element, leave } = await open();

    point('pointerdown', { button: 2 });
    await leave();

    expect(element.textContent).toContain('Enter a name.');
  });

  it('waits until the last finger is up', async () => {
    const { element, leave } = await open();
    point('pointerdown', { pointerId: 1 });
    point('pointerdown', { pointerId: 2 });
    await leave();

    point('pointerup', { pointerId: 2 });
    await afterTurn();
    expect(element.textContent).not.toContain('Enter a name.');

    point('pointerup', { pointerId: 1 });
    await eventually(() => element.textContent.includes('Enter a name.'));
  });

  for (const [what, tell] of [
    ['a menu opens', () => document.body.dispatchEvent(new Event('contextmenu', { bubbles: true }))],
    ['a key is pressed', () => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }))],
    ['the window loses the focus', () => window.dispatchEvent(new Event('blur'))],
    ['the page goes out of sight', () => document.dispatchEvent(new Event('visibilitychange'))],
  ] as const) {
    it(`waits no longer for a pointer’s end when ${what}`, async () => {
      const { element, leave } = await open();
      point('pointerdown');
      await leave();

      tell();

      await eventually(() => element.textContent.includes('Enter a name.'));
    });
  }
});

/** What was to be done at the end of this turn is done then. */
const afterTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
