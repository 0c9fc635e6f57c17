import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';

import { Icon } from './icon';
import { PressedPointer } from './pressed-pointer';

/**
 * The first thing that is wrong with a field, once the person has been there; it neither comes nor goes while a pointer is
 * pressed. Name it in the control's `aria-describedby`.
 */
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
  private readonly pointer = inject(PressedPointer);

  readonly field = input.required<FieldTree<Value>>();

  protected readonly message = linkedSignal<Seen, string | null>({
    source: () => ({ message: this.wrong(), isPressed: this.pointer.isPressed() }),
    computation: ({ message, isPressed }, before) => (isPressed ? (before?.value ?? null) : message),
  });

  /** Whether its line is there: what gives way to it stays until then. */
  readonly isShown = computed(() => this.message() !== null);

  private wrong(): string | null {
    const state = this.field()();
    return state.touched() ? (state.errors()[0]?.message ?? null) : null;
  }
}

interface Seen {
  readonly message: string | null;
  readonly isPressed: boolean;
}
