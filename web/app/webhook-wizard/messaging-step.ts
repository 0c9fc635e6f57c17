import { Component, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { SignedInUser } from '../bridge/signed-in-user';
import { CopyButton } from '../ui/copy-button';
import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { WizardStore } from './wizard-store';

/** Step 1: whether the account may hold messaging conversations at all. */
@Component({
  selector: 'app-messaging-step',
  imports: [CopyButton, FailureNote, Icon, MatButton],
  templateUrl: './messaging-step.html',
  styleUrl: './wizard-step.scss',
  styles: `
    .command {
      display: flex;
      gap: var(--space-2);
      align-items: start;
      min-width: 0;
    }
    pre {
      min-width: 0;
      font-size: var(--text-xs);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      user-select: all;
    }
  `,
})
export class MessagingStep {
  protected readonly store = inject(WizardStore);
  private readonly user = inject(SignedInUser).user;

  readonly done = output();

  protected readonly isEmulated = computed(() => this.user()?.isEmulated === true);
  /** For a shell. @see docs/emulator.md */
  protected readonly switchOn = computed(
    () =>
      `curl -X PATCH http://${this.user()?.environmentHost ?? ''}/emulator/control/accounts/${this.account()} ` +
      `-H 'content-type: application/json' -d '{"isMessagingEnabled":true}'`,
  );
  protected readonly account = computed(() => this.user()?.account ?? '');
  protected readonly canGoOn = computed(() => ['enabled', 'unknown'].includes(this.store.verdict()));
}
