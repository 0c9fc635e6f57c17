import { Component, inject } from '@angular/core';

import { EmulatorDesk } from './emulator-desk';

/** Whether the emulator's account has a survey. It has its place before that is known, so that nothing above it moves. */
@Component({
  selector: 'app-survey-switch',
  template: `<label class="switch">
    <input
      type="checkbox"
      role="switch"
      [checked]="desk.settings()?.hasSurvey === true"
      [disabled]="desk.settings() === null"
      (change)="turn($event.currentTarget)"
    />
    <span i18n>
      Survey after a conversation ends
      <small>Of the whole account. If off, what is closed with survey ends at once.</small>
    </span>
  </label>`,
  styles: `
    .switch {
      display: flex;
      gap: var(--space-2);
      align-items: start;
      padding-block-start: var(--space-3);
      border-top: 1px solid var(--line);
      font-size: var(--text-s);
      cursor: pointer;
    }
    input {
      margin: 3px 0 0;
      accent-color: var(--accent);
    }
    small {
      display: block;
      color: var(--text-muted);
      font-size: var(--text-xs);
      text-wrap: pretty;
    }
  `,
})
export class SurveySwitch {
  protected readonly desk = inject(EmulatorDesk);

  protected async turn(input: EventTarget | null): Promise<void> {
    if (!(input instanceof HTMLInputElement)) return;
    const hasSurvey = input.checked;
    const done = hasSurvey
      ? $localize`A survey may follow from now on`
      : $localize`No survey follows any more`;
    const isDone = await this.desk.run(done, (client) => client.set({ hasSurvey }));
    // It shows what is, not what was pressed.
    if (!isDone) input.checked = this.desk.settings()?.hasSurvey === true;
  }
}
