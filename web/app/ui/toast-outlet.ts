import { Component, DestroyRef, ElementRef, afterRenderEffect, computed, inject } from '@angular/core';

import { CopyButton } from './copy-button';
import { Icon } from './icon';
import { Toasts } from './toasts';

/**
 * Shows the {@link Toasts}, over whatever is open; successes are read out when there is time, errors at once. It is open all the
 * time: what is read out must be there before its words are.
 */
@Component({
  selector: 'app-toast-outlet',
  imports: [CopyButton, Icon],
  templateUrl: './toast-outlet.html',
  styleUrl: './toast-outlet.scss',
  host: { popover: 'manual' },
})
export class ToastOutlet {
  protected readonly toasts = inject(Toasts);
  protected readonly errors = computed(() => this.toasts.toasts().filter(({ kind }) => kind === 'error'));
  protected readonly successes = computed(() =>
    this.toasts.toasts().filter(({ kind }) => kind === 'success'),
  );

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    afterRenderEffect({
      write: () => {
        this.toasts.toasts();
        this.comeToTop();
      },
    });
    // Does not bubble.
    const options = { capture: true, signal: abortedWith(inject(DestroyRef)) };
    document.addEventListener('toggle', (event) => this.stayOnTop(event), options);
  }

  private stayOnTop({ target, newState }: ToggleEvent): void {
    if (target !== this.host && newState === 'open' && this.toasts.toasts().length > 0) this.comeToTop();
  }

  /** What was opened last lies over everything that was open before. */
  private comeToTop(): void {
    if (this.host.matches(':popover-open')) this.host.hidePopover();
    this.host.showPopover();
  }

  protected reload(): void {
    location.reload();
  }
}

function abortedWith(destroyRef: DestroyRef): AbortSignal {
  const ending = new AbortController();
  destroyRef.onDestroy(() => ending.abort());
  return ending.signal;
}
