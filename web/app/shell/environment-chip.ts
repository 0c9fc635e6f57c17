import { Component, computed, input } from '@angular/core';

import type { SignedInUser } from '#protocol/bridge-api';

import { StatusChip } from '../ui/status-chip';

/** Whether the work reaches the emulator or LivePerson's cloud; the host is on the chip, or on hover where space is short. */
@Component({
  selector: 'app-environment-chip',
  imports: [StatusChip],
  template: `<app-status-chip [tone]="tone()" [title]="title()">
    <span
      >{{ name() }}<span class="host"> · {{ user().environmentHost }}</span></span
    >
  </app-status-chip>`,
  styles: `
    :host {
      display: inline-flex;
      min-width: 0;
    }
    app-status-chip > span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    @media (max-width: 1199px) {
      .host {
        display: none;
      }
    }
  `,
})
export class EnvironmentChip {
  readonly user = input.required<SignedInUser>();

  protected readonly name = computed(() =>
    this.user().isEmulated ? $localize`Emulator` : $localize`LivePerson`,
  );
  protected readonly tone = computed(() => (this.user().isEmulated ? 'ok' : 'warn'));
  protected readonly title = computed(() =>
    this.user().isEmulated
      ? $localize`Emulator on ${this.user().environmentHost}\: nothing leaves this server`
      : $localize`LivePerson’s cloud, found through ${this.user().environmentHost}\: what you do is real`,
  );
}
