import { Component, afterNextRender, inject, input, output } from '@angular/core';

import { Icon } from './icon';
import { Toasts } from './toasts';

/**
 * Stands where a part of the page could not be loaded: says so, and its button loads the page anew.
 *
 * Only the whole page can ask again: browsers remember that a file did not come.
 */
@Component({
  selector: 'app-missing-part',
  imports: [Icon],
  template: `@if (isButton()) {
    <button
      type="button"
      class="icon-button"
      [attr.aria-label]="label()"
      [title]="label()"
      (click)="reload()"
    >
      <app-icon name="refresh" />
    </button>
  }`,
  host: { style: 'display: inline-flex' },
})
export class MissingPart {
  private readonly toasts = inject(Toasts);

  /** What is missing, as a sentence begins: “The menu of My app”. */
  readonly what = input.required<string>();
  /** Whether a button shall stand in its place. Default: it was asked for by a button that is still there. */
  readonly isButton = input(false);
  /** The person was told. */
  readonly told = output();

  protected readonly label = (): string => $localize`${this.what()} could not be loaded. Reload the page`;

  constructor() {
    afterNextRender({
      write: () => {
        tellMissing(this.toasts, this.what());
        this.told.emit();
      },
    });
  }

  protected reload(): void {
    location.reload();
  }
}

/** Tells that a part of the page could not be loaded. @param what As a sentence begins: “The menu of My app”. */
export function tellMissing(toasts: Toasts, what: string): void {
  toasts.error(
    $localize`${what} could not be loaded`,
    $localize`Check that the server is still running, then reload the page: it may have a newer version.`,
  );
}
