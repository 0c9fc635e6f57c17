import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';

import type { SignInRequest } from '#protocol/bridge-api';

import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf, type FailureWords } from '../bridge/failure-words';
import { wantedUrl } from '../bridge/signed-in-guard';
import { SignedInUser } from '../bridge/signed-in-user';
import { SignInNews } from '../bridge/sign-in-news';
import { ThisServer } from '../bridge/this-server';
import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { bringIntoView } from '../ui/in-view';
import { turnsSinceDrawn } from '../ui/turns';
import { FirstPage } from './first-page';
import { LoginForm } from './login-form';
import { Pause } from './pause';

/** The door: the built-in emulator in one click, or an account. */
@Component({
  selector: 'app-login-page',
  imports: [FailureNote, Icon, LoginForm, MatButton, NgTemplateOutlet],
  templateUrl: './login-page.html',
  styleUrl: './login-page.scss',
})
export class LoginPage {
  private readonly signedIn = inject(SignedInUser);
  private readonly firstPage = inject(FirstPage);
  private readonly router = inject(Router);
  private readonly news = inject(SignInNews);
  private readonly about = inject(ThisServer).about;

  /** URL to go to after sign-in; from the query. */
  readonly wanted = input<string>();
  /** Why sign-in is needed again; from the query. */
  readonly because = input<string>();
  /** Who had signed in before: `account`, or somebody else; from the query. */
  readonly way = input<string>();

  private readonly byHand = viewChild<ElementRef<HTMLDetailsElement>>('byHand');
  protected readonly turn = turnsSinceDrawn(2);
  protected readonly busyWith = signal<'demo' | 'account' | null>(null);
  protected readonly demoFailure = signal<FailureWords | null>(null);
  protected readonly accountFailure = signal<FailureWords | null>(null);

  /** Until when the server takes no further try. */
  protected readonly pause = new Pause();

  protected readonly isAccountFirst = computed(() => this.way() === 'account');
  protected readonly reason = computed(() => REASONS.get(this.because() ?? '') ?? null);
  protected readonly hasEmulator = computed(
    () => !this.about.hasValue() || this.about.value().emulator !== null,
  );
  /** Hosts that account numbers are sent to, as the settings say. */
  protected readonly directories = computed(() => {
    if (!this.about.hasValue()) return null;
    const { directoryHost: usual, directoryHostQa: qa } = this.about.value();
    return { usual, qa };
  });
  /** Why this server cannot tell about itself, or who is signed in. */
  protected readonly serverFailure = computed(() => {
    const failure = this.about.error() ?? this.signedIn.restoreFailure();
    return failure === null ? null : wordsOf(failure);
  });

  protected async tryItNow(): Promise<void> {
    await this.enter('demo', async () => {
      await this.signedIn.signInToDemo();
      return this.firstPage.ofDemo();
    });
  }

  protected async signIn(request: SignInRequest): Promise<void> {
    await this.enter('account', async () => {
      await this.signedIn.signIn(request);
      return this.firstPage.ofAccount();
    });
  }

  constructor() {
    effect(() => {
      if (this.news.count() > 0) untracked(() => void this.followOtherTab());
    });
  }

  protected async askAgain(): Promise<void> {
    this.about.reload();
    if (this.signedIn.restoreFailure() !== null) await this.lookAgain();
  }

  /** Somebody signed in in another tab of the browser; a sign-in under way here leads on by itself. */
  private async followOtherTab(): Promise<void> {
    if (this.busyWith() === null) await this.lookAgain();
  }

  private async lookAgain(): Promise<void> {
    await this.signedIn.lookAgain().catch(() => undefined);
    if (this.signedIn.isSignedIn()) await this.router.navigateByUrl(wantedUrl(this.wanted()));
  }

  protected showOpened({ target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open) bringIntoView(target);
  }

  /** Opens the section that names the emulator's users; what opens is brought into view. */
  protected showByHand(): void {
    const section = this.byHand()?.nativeElement;
    if (section === undefined) return;
    if (section.open) bringIntoView(section);
    section.open = true;
    section.querySelector('summary')?.focus({ preventScroll: true });
  }

  /** @param signIn Signs in and tells where to begin, unless a page was wanted. */
  private async enter(way: 'demo' | 'account', signIn: () => Promise<string>): Promise<void> {
    if (this.busyWith() !== null) return;
    const failure = way === 'demo' ? this.demoFailure : this.accountFailure;
    this.busyWith.set(way);
    this.demoFailure.set(null);
    this.accountFailure.set(null);
    try {
      const firstPage = await signIn();
      await this.router.navigateByUrl(wantedUrl(this.wanted(), firstPage));
    } catch (thrown) {
      failure.set(wordsOf(thrown));
      if (way === 'account') this.pause.begin(pauseAfter(thrown));
    } finally {
      this.busyWith.set(null);
    }
  }
}

/** Only who has tried too often is made to wait; after other failures waiting is a piece of advice. */
function pauseAfter(failure: unknown): number {
  const isMadeToWait = failure instanceof BridgeFailure && failure.code === 'too-many-requests';
  return isMadeToWait ? (failure.retryAfterSeconds ?? 0) : 0;
}

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    expired: $localize`Your session has ended. Sign in again to go on where you were.`,
    'signed-out': $localize`You signed out in another window. Sign in again to go on where you were.`,
  }),
);
