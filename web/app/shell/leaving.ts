import { Service, inject, signal } from '@angular/core';
import { Router } from '@angular/router';

import { wordsOf } from '../bridge/failure-words';
import { wayOf } from '../bridge/signed-in-guard';
import { SignedInUser } from '../bridge/signed-in-user';
import { Toasts } from '../ui/toasts';
import { CurrentPage } from './current-page';

/** The way out. Asks only when the page holds what would get lost. */
@Service()
export class Leaving {
  private readonly signedIn = inject(SignedInUser);
  private readonly page = inject(CurrentPage);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);

  private readonly leaving = signal(false);

  async signOut(): Promise<void> {
    if (this.leaving() || !(await this.page.mayLeave())) return;
    await this.leave({});
  }

  /** Leads to sign-in, and from there back to this page with a new session: what was typed waits for it unasked. */
  async signInAgain(): Promise<void> {
    await this.leave({ wanted: this.router.url, ...wayOf(this.signedIn.user()) });
  }

  /** @param queryParams What sign-in is told. */
  private async leave(queryParams: Readonly<Record<string, string>>): Promise<void> {
    if (this.leaving()) return;
    this.leaving.set(true);
    try {
      await this.signedIn.signOut();
      await this.router.navigate(['/sign-in'], { queryParams });
    } catch (failure) {
      const { title, next } = wordsOf(failure);
      this.toasts.error($localize`Not signed out: ${title}`, next);
    } finally {
      this.leaving.set(false);
    }
  }
}
