import { Component, computed, inject, linkedSignal, output } from '@angular/core';
import { form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import { endpointProblem } from '../bridge/endpoint-problem';
import { SignedInUser } from '../bridge/signed-in-user';
import { ThisServer } from '../bridge/this-server';
import { CopyButton } from '../ui/copy-button';
import { isSecondClick } from '../ui/double-click';
import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { EndpointField } from './endpoint-field';
import { endpointSchema } from './endpoint-draft';
import { WizardStore } from './wizard-store';

/** Step 3: where the five kinds of notification are posted. */
@Component({
  selector: 'app-endpoints-step',
  imports: [CopyButton, EndpointField, FailureNote, Icon, MatButton],
  templateUrl: './endpoints-step.html',
  styleUrls: ['./wizard-step.scss', './endpoints-step.scss'],
})
export class EndpointsStep {
  protected readonly store = inject(WizardStore);
  private readonly thisServer = inject(ThisServer);
  private readonly user = inject(SignedInUser).user;

  readonly done = output();
  readonly back = output();

  protected readonly isEmulated = computed(() => this.user()?.isEmulated === true);
  protected readonly endpoints = form(this.store.draft, endpointSchema(this.isEmulated));
  protected readonly here = this.thisServer.webhookUrls;

  /** This server's address as LivePerson reaches it; a person behind a tunnel enters it here. */
  protected readonly ownUrl = linkedSignal(() => this.thisServer.suggestedWebhookUrl());
  protected readonly ownUrlProblem = computed(() => endpointProblem(this.ownUrl(), this.isEmulated()));
  protected readonly isUsedForAll = computed(() =>
    this.store.draft().every(({ url }) => url.trim() === this.ownUrl().trim()),
  );
  protected readonly canUseOwnUrl = computed(
    () => this.ownUrl().trim() !== '' && this.ownUrlProblem() === null && !this.isUsedForAll(),
  );
  protected readonly webhooks = this.store.webhooks;
  protected readonly goOnLabel = computed(() => {
    if (this.store.isSaving()) return $localize`Saving…`;
    return this.store.isEdited() ? $localize`Save and continue` : $localize`Next`;
  });

  protected editOwnUrl(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.ownUrl.set(event.target.value);
  }

  protected useThisServer(): void {
    if (!this.canUseOwnUrl()) return;
    const url = this.ownUrl().trim();
    this.thisServer.rememberPublicUrl(url);
    this.store.useForAll(url);
  }

  protected skipSecondClick(event: MouseEvent): void {
    if (isSecondClick(event)) event.preventDefault();
  }

  protected async goOn(event: Event): Promise<void> {
    event.preventDefault();
    const [problem] = this.endpoints().errorSummary();
    if (problem !== undefined) {
      this.endpoints().markAsTouched();
      problem.fieldTree().focusBoundControl();
      return;
    }
    if (!this.store.isEdited() || (await this.store.save())) this.done.emit();
  }
}
