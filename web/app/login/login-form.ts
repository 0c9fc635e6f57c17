import {
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { FormField, form, submit } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import type { SignInRequest } from '#protocol/bridge-api';
import { isEmulatedAccount } from '#protocol/identifiers';
import type { ProblemCode } from '#protocol/problem';

import { FailureNote, type FailureText } from '../ui/failure-note';
import { FieldError } from '../ui/field-error';
import { bringIntoView } from '../ui/in-view';
import { EMPTY_LOGIN, loginSchema, toSignInRequest } from './login-draft';

/** Refusals that another user does not get. */
const ABOUT_USERS: ReadonlySet<string> = new Set<ProblemCode>([
  'wrong-credentials',
  'not-administrator',
  'account-locked',
]);

/** Account number, login name and password. What was typed stays until the page is left. */
@Component({
  selector: 'app-login-form',
  imports: [FailureNote, FieldError, FormField, MatButton],
  templateUrl: './login-form.html',
  styleUrl: './login-form.scss',
})
export class LoginForm {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly isBusy = input(false);
  /** Why the last try was refused. */
  readonly failure = input<(FailureText & { readonly code?: string | null }) | null>(null);
  /** For how long the server wants to be left alone. */
  readonly waitSeconds = input(0);
  /** Whether this is the way in to begin with. */
  readonly isPrimary = input(false);
  readonly signInRequested = output<SignInRequest>();
  /** The users that the emulator takes are to be shown. */
  readonly byHandRequested = output();

  /** What was said of a try is over with the next one, also when that is not made. */
  protected readonly shownFailure = linkedSignal(() => this.failure());
  private readonly note = viewChild(FailureNote, { read: ElementRef });
  private readonly draft = signal(EMPTY_LOGIN);
  protected readonly login = form(this.draft, loginSchema);
  protected readonly isPasswordShown = signal(false);
  /** The emulator has refused somebody, and its users are known. */
  protected readonly isAboutEmulatedUser = computed(
    () => ABOUT_USERS.has(this.shownFailure()?.code ?? '') && isEmulatedAccount(this.draft().account.trim()),
  );

  constructor() {
    afterRenderEffect(() => {
      const note: unknown = this.note()?.nativeElement;
      if (this.shownFailure() === null || !(note instanceof HTMLElement)) return;
      note.focus({ preventScroll: true });
      // With what was typed and the button to try again; the reason comes first where not all of it has room.
      bringIntoView(this.element.nativeElement);
      bringIntoView(note);
    });
  }

  protected togglePassword(): void {
    this.isPasswordShown.update((isShown) => !isShown);
  }

  protected async requestSignIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy() || this.waitSeconds() > 0) return;
    await submit(this.login, {
      action: () => {
        this.signInRequested.emit(toSignInRequest(this.draft()));
        return Promise.resolve();
      },
      onInvalid: () => {
        this.shownFailure.set(null);
        this.login().errorSummary()[0]?.fieldTree().focusBoundControl();
      },
    });
  }
}
