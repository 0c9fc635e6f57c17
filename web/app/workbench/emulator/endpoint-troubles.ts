import { Component, inject, output } from '@angular/core';

import type { EmulatorApp } from '#protocol/emulator-controls';

import { Icon } from '../../ui/icon';
import { secondsWords } from '../../ui/time-words';
import { DeliveryWatch } from './delivery-watch';
import { remedyWords, troubleWords } from './delivery-words';
import { EmulatorDesk } from './emulator-desk';

/** Which endpoints are slow, failing or switched off, and what to do about each. */
@Component({
  selector: 'app-endpoint-troubles',
  imports: [Icon],
  template: `@for (app of watch.apps(); track app.id) {
    @if (app.isFailing) {
      <p class="note note-warn">
        <app-icon name="alert" />
        <span>
          <strong i18n
            >{{ app.name }} takes no webhooks:
            {app.waiting, plural, =1 {1 waits} other {{{ app.waiting }} wait}}.</strong
          >&ngsp;
          @if (app.nextAt !== null) {
            <ng-container i18n>It is asked again at {{ seconds(app.nextAt) }}.</ng-container>
          } @else {
            <ng-container i18n>It is asked again with the next webhook.</ng-container>
          }
        </span>
      </p>
    }
    @for (endpoint of app.endpoints; track endpoint.endpoint) {
      <div class="note note-{{ endpoint.trouble === 'slow' ? 'warn' : 'danger' }}">
        <app-icon name="alert" />
        <div>
          <strong>{{ trouble(endpoint) }}</strong>
          <p class="address">{{ endpoint.endpoint }}</p>
          <p>{{ remedy(endpoint) }}</p>
          @if (endpoint.trouble === 'switched-off') {
            <button i18n type="button" class="pill" (click)="switchOn(app)">Switch on again</button>
          }
        </div>
      </div>
    }
  }`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      font-size: var(--text-s);
    }
    :host:empty {
      display: none;
    }
    .note {
      padding: var(--space-2);
    }
    .address {
      font-size: var(--text-xs);
    }
  `,
})
export class EndpointTroubles {
  private readonly desk = inject(EmulatorDesk);
  protected readonly watch = inject(DeliveryWatch);

  /** The button goes with its trouble: the keyboard has to go elsewhere. */
  readonly switchedOn = output();

  protected readonly seconds = secondsWords;
  protected readonly trouble = troubleWords;
  protected readonly remedy = remedyWords;

  protected async switchOn({ id }: EmulatorApp): Promise<void> {
    const done = $localize`Switched on: the next webhook is sent there again`;
    if (!(await this.desk.run(done, (client) => client.switchOn(id)))) return;
    this.switchedOn.emit();
    await this.watch.look();
  }
}
