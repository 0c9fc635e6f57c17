import { Component, input } from '@angular/core';

import { Icon, type IconName } from './icon';

/** What an empty place is for: a heading, a sentence on what will appear, and room for an action. */
@Component({
  selector: 'app-empty-state',
  imports: [Icon],
  template: `<app-icon class="icon" [name]="icon()" />
    <h3 [attr.aria-level]="level()">{{ heading() }}</h3>
    <p><ng-content /></p>
    <div class="action"><ng-content select="[action]" /></div>`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      justify-items: center;
      align-content: center;
      padding: var(--space-6) var(--space-5);
      text-align: center;
    }
    .icon {
      padding: var(--space-3);
      border-radius: var(--radius-l);
      background: color-mix(in srgb, var(--text) 7%, transparent);
      color: var(--text-muted);
      font-size: var(--text-xl);
      box-sizing: content-box;
    }
    h3 {
      margin-top: var(--space-2);
      font-size: var(--text-m);
      font-weight: 600;
    }
    .action {
      margin-top: var(--space-2);
    }
    .action:empty {
      display: none;
    }
    p {
      max-width: 44ch;
      color: var(--text-muted);
      font-size: var(--text-s);
      text-wrap: balance;
    }
  `,
})
export class EmptyState {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  /** Of the heading, as readers hear it; 3 stands below a pane's own. */
  readonly level = input(3);
}
