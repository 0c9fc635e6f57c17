import { DestroyRef, Service, inject, signal } from '@angular/core';

import type { InstallationAnswer, InstallationDraft } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { AccountApps } from '../../bridge/account-apps';
import { BridgeClient } from '../../bridge/bridge-client';
import { BridgeFailure } from '../../bridge/bridge-failure';
import { Toasts } from '../../ui/toasts';
import { isSameJson } from '../manifest/json-value';
import { draftOf, manifestOf, type Manifest } from '../manifest/manifest';
import {
  allChosen,
  differences,
  merge,
  proposedChoices,
  type Choices,
  type Difference,
} from '../manifest/manifest-diff';
import { AppEditorStore } from './app-editor-store';
import { SaveProblems } from './save-problems';

/** A newer version, and where it differs from what would be saved. */
export interface Conflict {
  readonly newest: InstallationAnswer;
  readonly differences: readonly Difference[];
  /** Whether something was edited here that the newer version leaves alone. */
  readonly hasOtherChanges: boolean;
}

/** How a save ended. Refusals stand in `SaveProblems`; `left`: somebody has gone to another page or app meanwhile. */
export type SaveOutcome = 'saved' | 'refused' | 'conflict' | 'left' | { readonly created: AppKey };

/** Saves the app that is being edited, on the revision that the edits are based on. */
@Service({ autoProvided: false })
export class AppSaver {
  private readonly bridge = inject(BridgeClient);
  private readonly accountApps = inject(AccountApps);
  private readonly store = inject(AppEditorStore);
  private readonly problems = inject(SaveProblems);
  private readonly toasts = inject(Toasts);
  private readonly destroyRef = inject(DestroyRef);

  private readonly saving = signal(false);
  private readonly found = signal<Conflict | null>(null);

  readonly isSaving = this.saving.asReadonly();
  /** Somebody changed the app meanwhile: the person chooses before it is saved. */
  readonly conflict = this.found.asReadonly();

  /** Everything that was typed stays, whatever comes of it. */
  async save(): Promise<SaveOutcome> {
    const [key, manifest] = [this.store.appKey(), this.store.manifest()];
    const draft = draftOf(manifest);
    if (draft === null || this.saving()) return 'refused';
    this.saving.set(true);
    this.problems.forget();
    try {
      const outcome = await this.send({ key, manifest, draft });
      return this.isOn(key) ? outcome : this.tellOfLeft(outcome, draft.client_name);
    } catch (failure) {
      if (!this.isOn(key)) return 'left';
      this.problems.tell(failure, manifest);
      return 'refused';
    } finally {
      this.saving.set(false);
    }
  }

  /** Takes the newer version as the basis, with the chosen values. */
  resolve(choices: Choices): void {
    const conflict = this.found();
    if (conflict === null) return;
    const merged = merge(this.store.manifest(), conflict.differences, choices);
    this.store.settle(conflict.newest);
    this.store.useManifest(merged);
    this.found.set(null);
  }

  forgetConflict(): void {
    this.found.set(null);
  }

  private async send(sent: Sent): Promise<SaveOutcome> {
    if (sent.key !== null) return this.replace(sent.key, sent, this.store.revision());
    const answer = await this.bridge.createInstallation(sent.draft);
    this.take(answer, sent);
    return { created: answer.installation.id };
  }

  private async replace(
    key: AppKey,
    sent: Sent,
    revision: string | null,
    triesLeft = 3,
  ): Promise<SaveOutcome> {
    try {
      this.take(await this.bridge.replaceInstallation(key, { installation: sent.draft, revision }), sent);
      return 'saved';
    } catch (failure) {
      if (!isConflict(failure) || triesLeft === 0) throw failure;
    }
    const newest = await this.bridge.installation(key);
    if (!this.isOn(key)) return 'left';
    const [mine, theirs] = [this.store.manifest(), manifestOf(newest.installation)];
    const found = differences(this.store.basis(), mine, theirs);
    // The revision is the whole account's: it rises with a change to any other app, too.
    if (found.length === 0) return this.replace(key, sent, newest.revision, triesLeft - 1);
    const hasOtherChanges = !isSameJson(merge(mine, found, allChosen(found, 'theirs')), theirs);
    this.found.set({ newest, differences: found, hasOtherChanges });
    return 'conflict';
  }

  /** Whether it is still the app that is being edited. */
  private isOn(key: AppKey | null): boolean {
    return !this.destroyRef.destroyed && this.store.appKey() === key;
  }

  /** What was discarded and saved all the same must not be a surprise. */
  private tellOfLeft(outcome: SaveOutcome, name: string): SaveOutcome {
    if (outcome === 'saved') this.toasts.success($localize`${name} was saved`);
    else if (typeof outcome === 'object') this.toasts.success($localize`${name} was installed`);
    return 'left';
  }

  private take(answer: InstallationAnswer, { key, manifest: sent }: Sent): void {
    this.accountApps.outdate();
    if (!this.isOn(key)) return;
    const typed = this.store.manifest();
    this.store.settle(answer);
    // What was typed while the save was on its way is laid over the answer.
    const found = differences(sent, typed, manifestOf(answer.installation));
    const isUntouched = isSameJson(typed, sent);
    if (isUntouched) this.store.revert();
    else this.store.useManifest(merge(typed, found, proposedChoices(found)));
  }
}

/** What is being saved. */
interface Sent {
  /** `null`: a new app. */
  readonly key: AppKey | null;
  readonly manifest: Manifest;
  readonly draft: InstallationDraft;
}

const isConflict = (failure: unknown): boolean =>
  failure instanceof BridgeFailure && failure.code === 'revision-conflict';
