import { Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { wordsOf } from '../bridge/failure-words';
import { Icon } from '../ui/icon';
import { SessionExpiry, type ExpiryWarning } from './session-expiry';
import { Leaving } from './leaving';

/**
 * Says that the session is about to end, counts down, and lets one stay. Between header and page, and in sight wherever the
 * page is scrolled to; `scroll-padding` (`styles/_base.scss`) keeps what has the focus out from under it.
 */
@Component({
  selector: 'app-session-warning',
  imports: [Icon, MatButton],
  template: `<section
    class="box"
    role="alertdialog"
    aria-labelledby="expiry-title"
    aria-describedby="expiry-text"
  >
    <app-icon name="clock" />
    <div class="words">
      <h2 id="expiry-title">{{ title() }}</h2>
      <p id="expiry-text">{{ text() }}</p>
      @if (problem(); as problem) {
        <p class="problem" role="alert">{{ problem }}</p>
      }
    </div>
    <p class="left tabular" role="timer">{{ left() }}</p>
    <div class="buttons">
      @if (warning().canStay) {
        <button
          i18n
          type="button"
          matButton="filled"
          [disabled]="isAsking()"
          disabledInteractive
          (click)="stay()"
        >
          Stay signed in
        </button>
        <button i18n type="button" matButton="outlined" (click)="leaving.signOut()">Sign out</button>
      } @else {
        <button i18n type="button" matButton="filled" (click)="leaving.signInAgain()">Sign in again</button>
      }
    </div>
  </section>`,
  styles: `
    :host {
      position: sticky;
      inset-block-start: var(--header-height);
      z-index: var(--layer-strip);
      display: block;
    }
    .box {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto auto;
      gap: var(--space-2) var(--space-3);
      align-items: center;
      padding: var(--space-2) var(--space-4);
      border-bottom: 1px solid var(--line);
      background: var(--warn-soft);
    }
    .box > app-icon {
      color: var(--warn);
    }
    h2 {
      font-size: var(--text-m);
      font-weight: 650;
    }
    p {
      color: var(--text-muted);
      font-size: var(--text-s);
    }
    .left {
      // As wide as the longest, so that nothing moves with the seconds.
      min-width: 8ch;
      color: var(--text);
      font-weight: 600;
      text-align: end;
    }
    .words .problem {
      color: var(--danger);
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      justify-content: end;
    }
    @media (max-width: 640px) {
      .box {
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: baseline;
      }
      .words {
        display: contents;
      }
      // Below the heading, as wide as the window lets them.
      .words p {
        grid-column: 2 / -1;
      }
      .box > app-icon {
        grid-row: 1;
        grid-column: 1;
        align-self: start;
        margin-top: 2px;
      }
      .left {
        grid-row: 1;
        grid-column: 3;
      }
      .buttons {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class SessionWarning {
  private readonly expiry = inject(SessionExpiry);
  protected readonly leaving = inject(Leaving);

  readonly warning = input.required<ExpiryWarning>();

  private readonly now = signal(Date.now());
  protected readonly isAsking = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly title = computed(() =>
    this.warning().canStay ? $localize`Your session is about to end` : $localize`Your session ends soon`,
  );
  protected readonly text = computed(() =>
    this.warning().canStay
      ? $localize`You were idle. Nothing stored is lost; signing in leads back here.`
      : $localize`Its maximum length is near. Nothing stored is lost; signing in leads back here.`,
  );
  protected readonly left = computed(() => leftWords(this.warning().endsAt - this.now()));

  constructor() {
    const ticking = setInterval(() => this.now.set(Date.now()), 1_000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }

  protected async stay(): Promise<void> {
    if (this.isAsking()) return;
    this.isAsking.set(true);
    this.problem.set(null);
    try {
      await this.expiry.stay();
    } catch (failure) {
      const { title, next } = wordsOf(failure);
      this.problem.set(`${title}. ${next}`);
    } finally {
      this.isAsking.set(false);
    }
  }
}

/** `1:05 left`; never more than there is. */
function leftWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return $localize`${clock} left`;
}
