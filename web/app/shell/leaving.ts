import { Service, inject, signal } from '@angular/core';
import { Router } from '@angular/router';

import { wordsOf } from '../bridge/failure-words';
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
    this.leaving.set(true);
    try {
      await this.signedIn.signOut();
      await this.router.navigateByUrl('/sign-in');
    } catch (failure) {
      const { title, next } = wordsOf(failure);
      this.toasts.error($localize`Not signed out: ${title}`, next);
    } finally {
      this.leaving.set(false);
    }
  }
}
