import { Component, computed, inject } from '@angular/core';

import { CopyButton } from './copy-button';
import { Icon } from './icon';
import { Toasts } from './toasts';

/** Shows the {@link Toasts}; successes are read out when there is time, errors at once. */
@Component({
  selector: 'app-toast-outlet',
  imports: [CopyButton, Icon],
  templateUrl: './toast-outlet.html',
  styleUrl: './toast-outlet.scss',
})
export class ToastOutlet {
  protected readonly toasts = inject(Toasts);
  protected readonly errors = computed(() => this.toasts.toasts().filter(({ kind }) => kind === 'error'));
  protected readonly successes = computed(() =>
    this.toasts.toasts().filter(({ kind }) => kind === 'success'),
  );

  protected reload(): void {
    location.reload();
  }
}
