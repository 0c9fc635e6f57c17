import { Component, computed, input, output } from '@angular/core';

import { Icon } from '../ui/icon';
import { STEP_NAMES, WIZARD_STEPS, type StepState, type WizardStep } from './wizard-state';

/** The four steps in a row: done, current, to come. Done ones can be entered again. */
@Component({
  selector: 'app-wizard-stepper',
  imports: [Icon],
  template: `<ol class="steps">
    @for (item of items(); track item.step) {
      <li [class]="'step is-' + item.state" [class.is-current]="item.isCurrent">
        <button
          type="button"
          class="go"
          [attr.aria-current]="item.isCurrent ? 'step' : null"
          [disabled]="item.state === 'blocked'"
          (click)="stepChosen.emit(item.step)"
        >
          <span class="number" aria-hidden="true">
            @if (item.state === 'done') {
              <app-icon name="check" />
            } @else if (item.state === 'wrong') {
              <app-icon name="alert" />
            } @else {
              {{ item.number }}
            }
          </span>
          <span i18n class="visually-hidden">Step {{ item.number }} of {{ items().length }}: </span>
          <span class="name">{{ item.name }}</span>
          @if (item.state === 'done') {
            <span i18n class="visually-hidden"> (done)</span>
          } @else if (item.state === 'wrong') {
            <span i18n class="visually-hidden"> (not in place)</span>
          }
        </button>
      </li>
    }
  </ol>`,
  styleUrl: './wizard-stepper.scss',
})
export class WizardStepper {
  readonly states = input.required<Readonly<Record<WizardStep, StepState>>>();
  readonly current = input.required<WizardStep>();
  readonly stepChosen = output<WizardStep>();

  protected readonly items = computed(() =>
    WIZARD_STEPS.map((step, index) => ({
      step,
      number: index + 1,
      name: STEP_NAMES[step],
      state: this.states()[step],
      isCurrent: step === this.current(),
    })),
  );
}
