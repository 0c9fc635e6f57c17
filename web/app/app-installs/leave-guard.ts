import type { CanDeactivateFn } from '@angular/router';

/** A page that may hold what would get lost. */
export interface LeavablePage {
  /** Whether the page may be left; asks the person where something would get lost. */
  mayLeave(): boolean | Promise<boolean>;
}

export const leaveGuard: CanDeactivateFn<LeavablePage> = (page) => page.mayLeave();
