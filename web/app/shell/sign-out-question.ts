import { Component, afterNextRender, computed, inject, input, viewChild } from '@angular/core';

import type { UnsentCounts } from '../bridge/unsent';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Leaving } from './leaving';

/** Asks before signing out deletes what was not sent, and names it. */
@Component({
  selector: 'app-sign-out-question',
  imports: [ConfirmDialog],
  template: `<app-confirm-dialog
    i18n
    heading="Sign out without sending?"
    i18n-heading
    confirmLabel="Sign out"
    i18n-confirmLabel
    cancelLabel="Stay"
    i18n-cancelLabel
    [isDangerous]="true"
    >Signing out deletes what you did not send: {{ lost() }}.</app-confirm-dialog
  >`,
})
export class SignOutQuestion {
  private readonly leaving = inject(Leaving);

  readonly counts = input.required<UnsentCounts>();

  private readonly dialog = viewChild.required(ConfirmDialog);

  protected readonly lost = computed(() => lostWords(this.counts()));

  constructor() {
    afterNextRender({ write: () => void this.ask() });
  }

  private async ask(): Promise<void> {
    this.leaving.answer(await this.dialog().ask());
  }
}

const lostWords = ({ messages, drafts, files }: UnsentCounts): string =>
  [
    ...(messages === 0 ? [] : [messagesWords(messages)]),
    ...(drafts === 0 ? [] : [draftsWords(drafts)]),
    ...(files === 0 ? [] : [filesWords(files)]),
  ].join(', ');

const messagesWords = (count: number): string =>
  count === 1 ? $localize`1 message not sent` : $localize`${count} messages not sent`;

const draftsWords = (count: number): string =>
  count === 1 ? $localize`1 draft` : $localize`${count} drafts`;

const filesWords = (count: number): string =>
  count === 1 ? $localize`1 file not sent` : $localize`${count} files not sent`;
