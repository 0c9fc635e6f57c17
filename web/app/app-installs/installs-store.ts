import { Service, computed, inject, signal } from '@angular/core';

import type { InstallationAnswer, InstallationList } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { AccountApps } from '../bridge/account-apps';
import { Asked } from '../bridge/asked';
import { BridgeClient } from '../bridge/bridge-client';
import { BridgeFailure } from '../bridge/bridge-failure';
import { LastApp } from '../bridge/last-app';
import { ThisServer } from '../bridge/this-server';
import { toRows } from './app-rows';
import { isSameJson } from './manifest/json-value';

/** The account's app installations, as long as their page lives. A failed refresh keeps the rows that are there. */
@Service({ autoProvided: false })
export class InstallsStore {
  private readonly bridge = inject(BridgeClient);
  private readonly accountApps = inject(AccountApps);
  private readonly lastApp = inject(LastApp);
  private readonly thisServer = inject(ThisServer);

  private readonly list = new Asked<InstallationList>();
  private readonly installations = computed(() => this.list.value()?.installations ?? []);
  private readonly work = signal<Readonly<Record<AppKey, string>>>({});

  readonly isLoading = this.list.isLoading;
  readonly failure = this.list.failure;
  /** When the rows were last read; `null` before. */
  readonly readAt = this.list.answeredAt;
  readonly hasLoaded = computed(() => this.list.value() !== null);
  readonly rows = computed(() => toRows(this.installations(), this.thisServer.webhookUrls()));
  /** What is being done with an app at the moment, in a word; absent for the others. */
  readonly busy = this.work.asReadonly();

  async load(): Promise<void> {
    if (!this.isLoading()) await this.readAnew();
  }

  /** As {@link load}, also where an answer is on its way: that one may tell of before. */
  async readAnew(): Promise<void> {
    await this.list.ask(() => this.accountApps.read());
  }

  /** Switches an app on or off, on whatever is its newest version. */
  setEnabled(id: AppKey, enabled: boolean): Promise<void> {
    return this.during(id, enabled ? $localize`Enabling…` : $localize`Disabling…`, async () => {
      const answer = await this.switch(id, enabled);
      this.take((apps) => apps.map((app) => (app.id === id ? answer.installation : app)), answer.revision);
    });
  }

  /** Removes an app for good. Rejects with `revision-conflict` when it is no longer the one that is listed. */
  uninstall(id: AppKey): Promise<void> {
    return this.during(id, $localize`Uninstalling…`, async () => {
      await this.remove(id, this.list.value()?.revision ?? null);
      // What the revision is now, the service does not tell: the next change finds out.
      this.take((apps) => apps.filter((app) => app.id !== id), this.list.value()?.revision ?? null);
      this.lastApp.forget(id);
    });
  }

  private async switch(id: AppKey, enabled: boolean, triesLeft = 3): Promise<InstallationAnswer> {
    const { installation, revision } = await this.bridge.installation(id);
    try {
      return await this.bridge.replaceInstallation(id, {
        installation: { ...installation, enabled },
        revision,
      });
    } catch (failure) {
      if (!isConflict(failure) || triesLeft === 0) throw failure;
      return this.switch(id, enabled, triesLeft - 1);
    }
  }

  private async remove(id: AppKey, revision: string | null, triesLeft = 3): Promise<void> {
    try {
      await this.bridge.removeInstallation(id, revision);
      return;
    } catch (failure) {
      if (!isConflict(failure) || triesLeft === 0) throw failure;
      const newest = await this.bridge.installation(id);
      const listed = this.installations().find((app) => app.id === id);
      // The revision is the whole account's: only a change to this very app is for the person to see first.
      if (!isSameJson(newest.installation, listed)) throw failure;
      await this.remove(id, newest.revision, triesLeft - 1);
    }
  }

  private take(
    edit: (apps: InstallationList['installations']) => InstallationList['installations'],
    revision: string | null,
  ): void {
    this.accountApps.outdate();
    this.list.take({ installations: edit(this.installations()), revision });
  }

  private async during(id: AppKey, word: string, action: () => Promise<void>): Promise<void> {
    if (this.work()[id] !== undefined) return;
    this.work.update((work) => ({ ...work, [id]: word }));
    try {
      await action();
    } finally {
      this.work.update((work) => Object.fromEntries(Object.entries(work).filter(([key]) => key !== id)));
    }
  }
}

const isConflict = (failure: unknown): boolean =>
  failure instanceof BridgeFailure && failure.code === 'revision-conflict';
