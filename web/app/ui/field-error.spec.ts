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

  const point = (name: 'pointerdown' | 'pointerup' | 'pointercancel') =>
    document.body.dispatchEvent(new PointerEvent(name, { bubbles: true }));

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
});
