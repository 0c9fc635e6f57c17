import { Component, ElementRef, afterRenderEffect, input, output, signal, viewChild } from '@angular/core';
import { FormField, form, submit } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import type { SignInRequest } from '#protocol/bridge-api';

import { FailureNote, type FailureText } from '../ui/failure-note';
import { FieldError } from '../ui/field-error';
import { EMPTY_LOGIN, loginSchema, toSignInRequest } from './login-draft';

/** Account number, login name and password. What was typed stays until the page is left. */
@Component({
  selector: 'app-login-form',
  imports: [FailureNote, FieldError, FormField, MatButton],
  templateUrl: './login-form.html',
  styleUrl: './login-form.scss',
})
export class LoginForm {
  readonly isBusy = input(false);
  /** Why the last try was refused. */
  readonly failure = input<FailureText | null>(null);
  /** Whether there is no other way in beside it. */
  readonly isOnlyWay = input(false);
  readonly signInRequested = output<SignInRequest>();

  private readonly note = viewChild(FailureNote, { read: ElementRef });
  private readonly submitting = viewChild.required('submitting', { read: ElementRef });
  private readonly draft = signal(EMPTY_LOGIN);
  protected readonly login = form(this.draft, loginSchema);
  protected readonly isPasswordShown = signal(false);

  constructor() {
    afterRenderEffect(() => {
      const note: unknown = this.note()?.nativeElement;
      const button: unknown = this.submitting().nativeElement;
      if (this.failure() === null || !(note instanceof HTMLElement)) return;
      note.focus();
      // The next try begins below the note.
      if (button instanceof HTMLElement) button.scrollIntoView({ block: 'nearest' });
    });
  }

  protected togglePassword(): void {
    this.isPasswordShown.update((isShown) => !isShown);
  }

  protected async requestSignIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    await submit(this.login, {
      action: () => {
        this.signInRequested.emit(toSignInRequest(this.draft()));
        return Promise.resolve();
      },
      onInvalid: () => this.login().errorSummary()[0]?.fieldTree().focusBoundControl(),
    });
  }
}
