import { Service, inject, signal } from '@angular/core';
import { Router } from '@angular/router';

import { wordsOf } from '../bridge/failure-words';
import { wayOf } from '../bridge/signed-in-guard';
import { SignedInUser } from '../bridge/signed-in-user';
import { Unsent, type UnsentCounts } from '../bridge/unsent';
import { Toasts } from '../ui/toasts';
import { CurrentPage } from './current-page';

/** The way out. Asks only when something would get lost. */
@Service()
export class Leaving {
  private readonly signedIn = inject(SignedInUser);
  private readonly page = inject(CurrentPage);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly unsent = inject(Unsent);

  private readonly leaving = signal(false);
  private readonly asked = signal<UnsentCounts | null>(null);
  private tell: (isConfirmed: boolean) => void = () => undefined;

  /** What the person is asked about before it is deleted; `null` while nothing is asked. */
  readonly question = this.asked.asReadonly();

  async signOut(): Promise<void> {
    if (this.leaving() || this.asked() !== null) return;
    // The page asks last: what it gives up then is gone.
    if (!(await this.mayDelete(this.unsent.counts())) || !(await this.page.mayLeave())) return;
    await this.leave({}, () => this.signedIn.signOut());
  }

  /** The person has answered the question. */
  answer(isConfirmed: boolean): void {
    this.asked.set(null);
    this.tell(isConfirmed);
  }

  /** Leads to sign-in, and from there back to this page with a new session: what was typed waits for it unasked. */
  async signInAgain(): Promise<void> {
    const queryParams = { wanted: this.router.url, ...wayOf(this.signedIn.user()) };
    await this.leave(queryParams, () => this.signedIn.endSession());
  }

  private mayDelete(counts: UnsentCounts | null): Promise<boolean> {
    if (counts === null) return Promise.resolve(true);
    this.asked.set(counts);
    return new Promise((resolve) => (this.tell = resolve));
  }

  /** @param queryParams What sign-in is told. */
  private async leave(
    queryParams: Readonly<Record<string, string>>,
    signOut: () => Promise<void>,
  ): Promise<void> {
    if (this.leaving()) return;
    this.leaving.set(true);
    try {
      await signOut();
      await this.router.navigate(['/sign-in'], { queryParams });
    } catch (failure) {
      const { title, next } = wordsOf(failure);
      this.toasts.error($localize`Not signed out: ${title}`, next);
    } finally {
      this.leaving.set(false);
    }
  }
}
