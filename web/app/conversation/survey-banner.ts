import { Component, input } from '@angular/core';

import { Icon } from '../ui/icon';
import type { SurveyState } from './survey-state';

/** Says where messages go once the main dialog is closed. */
@Component({
  selector: 'app-survey-banner',
  imports: [Icon],
  template: `@switch (survey().stage) {
    @case ('running') {
      <p class="note note-info" role="status">
        <app-icon name="info" /><span i18n
          ><strong>Survey.</strong> What you write now goes into the survey; no chat states are sent. A reply
          such as Skip leaves out one question, closing leaves out the rest.</span
        >
      </p>
    }
    @case ('awaited') {
      <p class="note note-info" role="status">
        <app-icon name="clock" /><span i18n
          ><strong>The main dialog is closed.</strong> A survey may follow, and you can write again once it
          opens. Close the conversation to stop waiting.</span
        >
      </p>
    }
  }`,
  styles: `
    :host:empty {
      display: none;
    }
    .note {
      padding: var(--space-2) var(--space-3);
      font-size: var(--text-s);
    }
  `,
})
export class SurveyBanner {
  readonly survey = input.required<SurveyState>();
}
