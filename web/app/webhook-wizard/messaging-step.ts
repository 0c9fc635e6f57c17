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
      display: grid;
      gap: var(--space-2);
      justify-items: start;
      width: 100%;
    }
    pre {
      max-width: 100%;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      padding: var(--space-2) var(--space-3);
      border: 1px solid var(--line);
      border-radius: var(--radius-s);
      background: var(--surface);
      font-size: var(--text-xs);
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
      `curl -X PATCH \\\n` +
      `http://${this.user()?.environmentHost ?? ''}/emulator/control/accounts/${this.account()} \\\n` +
      `-H 'content-type: application/json' \\\n` +
      `-d '{"isMessagingEnabled":true}'`,
  );
  /** An address breaks behind a slash where it is longer than the line. */
  protected readonly switchOnParts = computed(() => this.switchOn().split(/(?<=\w\/)/));
  protected readonly account = computed(() => this.user()?.account ?? '');
  protected readonly canGoOn = computed(() => ['enabled', 'unknown'].includes(this.store.verdict()));
}
