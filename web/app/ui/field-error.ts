import { Component, computed, input } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';

import { Icon } from './icon';

/** The first thing that is wrong with a field, once the person has been there. Name it in the control's `aria-describedby`. */
@Component({
  selector: 'app-field-error',
  imports: [Icon],
  styles: `
    :host(:empty) {
      display: none;
    }
  `,
  template: `@if (message(); as message) {
    <span class="field-error"><app-icon name="alert" />{{ message }}</span>
  }`,
})
export class FieldError<Value> {
  readonly field = input.required<FieldTree<Value>>();

  protected readonly message = computed(() => {
    const state = this.field()();
    return state.touched() ? (state.errors()[0]?.message ?? null) : null;
  });
}
