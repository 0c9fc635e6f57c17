import { Component, computed, input } from '@angular/core';
import type { FieldTree } from '@angular/forms/signals';

import { FieldError } from '../../ui/field-error';

/**
 * A control of the sheet between its name and its rule; what is wrong with it takes the place of the rule, so that nothing
 * moves. The control itself has the id `for` and is described by `{for}-rule`.
 */
@Component({
  selector: 'app-option-field',
  imports: [FieldError],
  template: `<label class="field-label" [attr.for]="for()">{{ label() }}</label>
    <ng-content />
    <div class="rule" [id]="for() + '-rule'">
      <app-field-error #error [field]="field()" />
      @if (!error.isShown()) {
        <span class="field-hint">{{ rule() }}</span>
      }
    </div>`,
  styles: `
    .rule {
      --field-note-size: var(--text-xs);

      min-height: 2.6em;
      font-size: var(--text-xs);
      line-height: 1.3;
      text-wrap: pretty;
    }
  `,
  host: { class: 'field', '[class.is-wrong]': 'isWrong()' },
})
export class OptionField<Value> {
  readonly label = input.required<string>();
  /** Id of the control. */
  readonly for = input.required<string>();
  readonly rule = input.required<string>();
  readonly field = input.required<FieldTree<Value>>();

  protected readonly isWrong = computed(() => isWrong(this.field()));
}

/** Whether the person has been there and what they left does not do. */
export function isWrong<Value>(field: FieldTree<Value>): boolean {
  const state = field();
  return state.touched() && state.invalid();
}
