import { Component, DestroyRef, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { isWaiting } from '../bridge/connection';
import { EventLog } from '../bridge/event-log';
import { streamRefusal } from '../bridge/stream-refusal';
import { StatusChip } from '../ui/status-chip';
import { chipWords, lastHeardWords, refusedWords } from './connection-words';

/** The state of the event stream, and on a click what it means and what one can do. */
@Component({
  selector: 'app-connection-chip',
  imports: [MatButton, StatusChip],
  templateUrl: './connection-chip.html',
  styleUrl: './connection-chip.scss',
})
export class ConnectionChip {
  protected readonly log = inject(EventLog);

  private readonly now = signal(Date.now());
  private readonly isOpen = signal(false);
  protected readonly words = computed(() => {
    const refusal = streamRefusal(this.log);
    if (refusal !== null) return refusedWords(refusal);
    return chipWords(this.log.connection(), this.log.isStoring(), this.now());
  });
  protected readonly lastHeard = computed(() => lastHeardWords(this.log.heardAt(), this.now()));
  protected readonly isWaiting = computed(() => isWaiting(this.log.connection()));
  protected readonly hasGap = computed(() => this.log.connection().kind === 'gap');

  constructor() {
    let ticking: ReturnType<typeof setInterval> | undefined;
    // Time passes on the screen only while it is shown.
    effect(() => {
      clearInterval(ticking);
      if (!this.isOpen() && !this.isWaiting()) return;
      this.now.set(Date.now());
      ticking = setInterval(() => this.now.set(Date.now()), 1_000);
    });
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }

  protected follow(event: Event): void {
    this.isOpen.set(event instanceof ToggleEvent && event.newState === 'open');
  }
}
