import { DatePipe } from '@angular/common';
import { Component, type ElementRef, computed, inject, output, viewChild, viewChildren } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { isConnectorApp } from '#protocol/app-installation';
import type { InstallationView } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { ThisServer } from '../bridge/this-server';
import { countPlaces } from '../bridge/webhook-endpoints';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { isSecondClick } from '../ui/double-click';
import { FailureNote } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { StatusChip } from '../ui/status-chip';
import { WizardStore } from './wizard-store';

/** Step 2: which of the account's enabled connector apps to use. */
@Component({
  selector: 'app-app-step',
  imports: [ConfirmDialog, DatePipe, FailureNote, Icon, MatButton, RouterLink, StatusChip],
  templateUrl: './app-step.html',
  styleUrls: ['./wizard-step.scss', './app-step.scss'],
})
export class AppStep {
  protected readonly store = inject(WizardStore);
  private readonly thisServer = inject(ThisServer);

  readonly done = output();
  readonly back = output();

  private readonly discardDialog = viewChild.required(ConfirmDialog);
  private readonly radios = viewChildren<ElementRef<HTMLInputElement>>('radio');

  /** An app was asked for that is not among those one can choose. */
  protected readonly isWantedMissing = computed(
    () => this.store.list.value() !== null && this.store.appKey() !== null && this.store.app() === null,
  );
  protected readonly isReading = computed(() => this.store.app() !== null && this.store.chosen.isLoading());
  /** Connector apps that cannot be chosen because they are disabled. */
  protected readonly disabledCount = computed(
    () =>
      this.store.list
        .value()
        ?.installations.filter((app) => !app.enabled && app['deleted'] !== true && isConnectorApp(app))
        .length ?? 0,
  );
  protected readonly canGoOn = computed(() => this.store.app() !== null);
  protected readonly isSecondClick = isSecondClick;

  /** Asks where endpoints of the app before would get lost. */
  protected async choose(key: AppKey): Promise<void> {
    if (!this.store.isEdited() || (await this.discardDialog().ask())) await this.store.choose(key);
    else this.focusChosen();
  }

  /** The browser has taken the press already. */
  private focusChosen(): void {
    const chosen = this.radios().find(({ nativeElement }) => nativeElement.value === this.store.appKey());
    if (chosen === undefined) return;
    chosen.nativeElement.checked = true;
    chosen.nativeElement.focus();
  }

  protected hereCount(app: InstallationView): number {
    return countPlaces(app.capabilities?.webhooks, this.thisServer.webhookUrls()).here;
  }
}
