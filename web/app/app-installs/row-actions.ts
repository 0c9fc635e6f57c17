import { Service, inject, signal } from '@angular/core';

import { BridgeFailure } from '../bridge/bridge-failure';
import { wordsOf } from '../bridge/failure-words';
import type { ConfirmDialog } from '../ui/confirm-dialog';
import { Toasts } from '../ui/toasts';
import type { AppRow } from './app-rows';
import { InstallsStore } from './installs-store';
import { RowFocus } from './row-focus';

/** The dialogs that ask before something is taken from a running app. */
export interface RowDialogs {
  readonly disable: ConfirmDialog;
  readonly uninstall: ConfirmDialog;
}

/** Switches and uninstalls apps from their table, and tells how that went. */
@Service({ autoProvided: false })
export class RowActions {
  private readonly store = inject(InstallsStore);
  private readonly toasts = inject(Toasts);
  private readonly focus = inject(RowFocus);

  private readonly row = signal<AppRow | null>(null);
  private readonly announcement = signal('');
  private dialogs: (() => RowDialogs) | null = null;

  /** The app that is being asked about. */
  readonly asked = this.row.asReadonly();
  /** What was done, for who does not see the table. */
  readonly told = this.announcement.asReadonly();

  /** The page gives its dialogs. */
  askWith(dialogs: () => RowDialogs): void {
    this.dialogs = dialogs;
  }

  async enable(row: AppRow): Promise<void> {
    await this.attempt(row, $localize`${row.name} was not enabled`, async () => {
      await this.store.setEnabled(row.id, true);
      this.announcement.set($localize`${row.name} is enabled.`);
    });
  }

  async disable(row: AppRow): Promise<void> {
    if (!(await this.confirm(row, 'disable'))) return;
    await this.attempt(row, $localize`${row.name} was not disabled`, async () => {
      await this.store.setEnabled(row.id, false);
      this.announcement.set($localize`${row.name} is disabled.`);
    });
  }

  async uninstall(row: AppRow): Promise<void> {
    if (!(await this.confirm(row, 'uninstall'))) return;
    await this.attempt(row, $localize`${row.name} was not uninstalled`, async () => {
      await this.store.uninstall(row.id);
      this.toasts.success($localize`${row.name} was uninstalled`);
    });
  }

  /** The question goes back to the menu's button: the entry that opened it is gone. */
  private async confirm(row: AppRow, which: keyof RowDialogs): Promise<boolean> {
    this.row.set(row);
    const restoreFocus = this.focus.keep(row.id);
    const isConfirmed = (await this.dialogs?.()[which].ask()) === true;
    restoreFocus();
    return isConfirmed;
  }

  private async attempt(row: AppRow, title: string, action: () => Promise<void>): Promise<void> {
    const restoreFocus = this.focus.keep(row.id);
    try {
      await action();
    } catch (failure) {
      const words = wordsOf(failure);
      this.toasts.error(title, `${words.title}. ${adviceFor(failure) ?? words.next}`);
      // What the list shows is no longer true.
      if (isOutdated(failure)) await this.store.readAnew();
    }
    restoreFocus();
  }
}

const isOutdated = (failure: unknown): boolean =>
  failure instanceof BridgeFailure &&
  ['revision-conflict', 'unknown-app', 'answer-lost'].includes(failure.code);

/** The list is read again by itself: other words than where a person must do that. */
function adviceFor(failure: unknown): string | null {
  return isOutdated(failure)
    ? $localize`The list now shows the app as it is: check it, then decide again.`
    : null;
}
