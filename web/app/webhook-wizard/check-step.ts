import { Component, DestroyRef, ElementRef, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { Shortcuts } from '../ui/shortcuts';
import { StatusChip } from '../ui/status-chip';
import { checkItems, isFine, waitingItems } from './check-items';
import { WizardStore } from './wizard-store';

/** Step 4: a signed event through every endpoint and back, what became of it, and the way into the chat. */
@Component({
  selector: 'app-check-step',
  imports: [FailureNote, Icon, MatButton, RouterLink, StatusChip],
  templateUrl: './check-step.html',
  styleUrls: ['./wizard-step.scss', './check-step.scss'],
})
export class CheckStep {
  protected readonly store = inject(WizardStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly back = output();

  protected readonly isRunning = this.store.check.isLoading;
  protected readonly failure = this.store.check.failure;
  protected readonly items = computed(() => {
    const app = this.store.chosen.value()?.installation;
    if (app === undefined) return [];
    const answer = this.store.check.value();
    return answer === null || this.isRunning() ? waitingItems(app) : checkItems(answer, app);
  });
  protected readonly open = computed(() => this.items().filter((item) => !isFine(item)));
  /** What a screen reader hears, and what stands above the lines. */
  protected readonly summary = computed(() => {
    if (this.isRunning()) return $localize`Checking: a signed event is on its way through each endpoint.`;
    const count = this.open().length;
    if (count === 0) return $localize`Everything is in place.`;
    return count === 1 ? $localize`One thing is not in place.` : $localize`${count} things are not in place.`;
  });

  constructor() {
    void this.store.runCheck();
    const stop = inject(Shortcuts).register({
      ...{ key: 'r', words: $localize`Run the check again`, group: $localize`Set-up` },
      run: () => void (this.isRunning() || this.runAgain()),
    });
    inject(DestroyRef).onDestroy(stop);
  }

  protected async runAgain(): Promise<void> {
    await this.store.runCheck();
    // The button was disabled meanwhile; whoever pressed it by keyboard goes on from the result.
    this.host.nativeElement.querySelector<HTMLElement>('h2')?.focus();
  }
}
