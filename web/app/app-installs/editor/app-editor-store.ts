import { Service, computed, inject, linkedSignal, signal } from '@angular/core';
import { form } from '@angular/forms/signals';

import type { InstallationAnswer } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { Asked } from '../../bridge/asked';
import { BridgeClient } from '../../bridge/bridge-client';
import { SignedInUser } from '../../bridge/signed-in-user';
import { hasUnaddedHeader, type AppForm } from '../manifest/app-form';
import { appFormSchema } from '../manifest/app-form-schema';
import { isSameJson } from '../manifest/json-value';
import { NEW_MANIFEST, manifestOf, type Manifest } from '../manifest/manifest';
import { changedPaths } from '../manifest/manifest-diff';
import { connectorAdvice } from '../manifest/manifest-rules';
import { readManifest, writeManifest } from '../manifest/manifest-text';
import { toForm, toFormLike } from '../manifest/to-form';
import { toManifest } from '../manifest/to-manifest';
import { SaveProblems } from './save-problems';
import { UnsavedApps, type UnsavedApp } from './unsaved-apps';

/** One app while it is created or edited: what the account has, the form, and the manifest that the form means. */
@Service({ autoProvided: false })
export class AppEditorStore {
  private readonly bridge = inject(BridgeClient);
  private readonly signedIn = inject(SignedInUser);
  private readonly unsaved = inject(UnsavedApps);
  private readonly problems = inject(SaveProblems);

  /** The app as the account has it; stays empty for a new one. */
  readonly stored = new Asked<InstallationAnswer>();
  private readonly key = signal<AppKey | null>(null);
  private readonly base = signal<Manifest>(NEW_MANIFEST);
  private readonly baseRevision = signal<string | null>(null);
  private readonly source = signal<Manifest>(NEW_MANIFEST);
  private readonly model = signal<AppForm>(toForm(NEW_MANIFEST));
  private readonly restored = signal(false);
  private readonly tried = signal(false);
  private unsavedKey = '';

  /** `null` while a new app is being made. */
  readonly appKey = this.key.asReadonly();
  /** The version that the edits are based on. */
  readonly basis = this.base.asReadonly();
  readonly revision = this.baseRevision.asReadonly();
  /** The form as the account's version fills it; `null` for a new app. */
  readonly savedForm = computed(() => (this.key() === null ? null : toForm(this.base())));
  readonly manifest = computed(() => toManifest(this.model(), this.source()));
  /** Whether the form holds what a session's end interrupted. */
  readonly isRestored = this.restored.asReadonly();
  /** Whether a save was stopped because something is wrong: from then on unfinished parts count as mistakes. */
  readonly wasStopped = this.tried.asReadonly();
  readonly isEmulated = computed(() => this.signedIn.user()?.isEmulated === true);

  readonly form = form(
    this.model,
    appFormSchema({
      saved: this.savedForm,
      isEmulated: this.isEmulated,
      refused: () => this.problems.standing(this.manifest()),
    }),
  );

  /** The manifest as a text; what a person types there stays as it was typed while it means the same. */
  readonly text = linkedSignal<Manifest, string>({
    source: this.manifest,
    computation: (manifest, previous) =>
      previous !== undefined && means(previous.value, manifest) ? previous.value : writeManifest(manifest),
  });
  readonly read = computed(() => readManifest(this.text()));
  /** The text is no manifest: form and text would say different things until it is corrected. */
  readonly isTextBroken = computed(() => this.read().kind !== 'manifest');
  /** How much in the text needs correction. */
  readonly textProblemCount = computed(() => {
    const read = this.read();
    return read.kind === 'wrong-structure' ? read.problems.length : Number(read.kind === 'no-json');
  });
  /** What a connector needs and the app would lack; `null` when nothing, or when the account's version lacks the same. */
  readonly advice = computed(() => {
    const saved = this.savedForm();
    const advice = adviceFor(this.model());
    return saved !== null && adviceFor(saved) === advice ? null : advice;
  });
  /** Why the last save was refused, while that still holds. */
  readonly refusal = computed(() => this.problems.words(this.manifest()));
  readonly changeCount = computed(() => changedPaths(this.base(), this.manifest()).length);
  /** Whether there is something to go back from; a header that is only typed has its own way back. */
  readonly canRevert = computed(() => this.key() !== null && (this.changeCount() > 0 || this.isTextBroken()));
  readonly isChanged = computed(
    () => !isSameJson(this.manifest(), this.base()) || hasUnaddedHeader(this.model()) || this.isTextBroken(),
  );

  /** Starts a new app, or reads one to edit. */
  async open(key: AppKey | null): Promise<void> {
    this.unsavedKey = this.unsaved.keyOf(key);
    this.key.set(key);
    this.restored.set(false);
    this.stored.forget();
    if (key === null) this.start(NEW_MANIFEST, null);
    else await this.readStored();
  }

  async readStored(): Promise<void> {
    const key = this.key();
    if (key === null) return;
    const isRead = await this.stored.ask(() => this.bridge.installation(key));
    const answer = this.stored.value();
    if (isRead && answer !== null) this.start(manifestOf(answer.installation), answer.revision);
  }

  /** Takes a manifest that was typed, pasted or imported. */
  useManifest(manifest: Manifest): void {
    this.source.set(manifest);
    this.model.update((form) => toFormLike(form, manifest));
  }

  /** Takes what was typed into the manifest's text; the form follows as soon as it can be read. */
  editText(text: string): void {
    this.text.set(text);
    const read = this.read();
    if (read.kind === 'manifest' && !isSameJson(read.manifest, this.manifest()))
      this.useManifest(read.manifest);
  }

  /** Drops the text that cannot be read, for the form as it is. */
  discardText(): void {
    this.text.set(writeManifest(this.manifest()));
  }

  edit(change: (form: AppForm) => AppForm): void {
    this.model.update(change);
  }

  /** Back to the version that the edits are based on. */
  revert(): void {
    this.begin(this.base());
  }

  revertWebhooks(): void {
    this.edit((form) => ({ ...form, webhooks: toForm(this.base()).webhooks }));
    this.form.webhooks().reset();
  }

  resetEngagement(): void {
    this.edit((form) => ({ ...form, engagement: toForm(NEW_MANIFEST).engagement }));
    this.form.engagement().reset();
  }

  /** Marks everything as seen, so that each mistake shows. */
  showMistakes(): void {
    this.tried.set(true);
    this.form().markAsTouched();
  }

  /** The account answered to a save, or has a newer version: edits are based on that from now on. */
  settle(answer: InstallationAnswer): void {
    this.stored.take(answer);
    this.base.set(manifestOf(answer.installation));
    this.baseRevision.set(answer.revision);
    this.restored.set(false);
  }

  /** Keeps the edits for the next time the app is opened. */
  keepForLater(): void {
    const { base, baseRevision: revision, source, model } = this;
    this.unsaved.keep(this.unsavedKey, {
      ...{ base: base(), revision: revision(), source: source(), form: model() },
    });
  }

  private start(manifest: Manifest, revision: string | null): void {
    this.base.set(manifest);
    this.baseRevision.set(revision);
    this.begin(manifest);
    const kept = this.unsaved.take(this.unsavedKey);
    if (kept !== null) this.restore(kept);
  }

  private begin(manifest: Manifest): void {
    this.source.set(manifest);
    this.model.set(toForm(manifest));
    this.text.set(writeManifest(manifest));
    this.problems.forget();
    this.tried.set(false);
    this.form().reset();
  }

  private restore({ base, revision, source, form }: UnsavedApp): void {
    this.base.set(base);
    this.baseRevision.set(revision);
    this.source.set(source);
    this.model.set(form);
    this.restored.set(true);
  }
}

const adviceFor = ({ details }: AppForm): string | null => connectorAdvice(details.scope, details.grantTypes);

function means(text: string, manifest: Manifest): boolean {
  const read = readManifest(text);
  return read.kind === 'manifest' && isSameJson(read.manifest, manifest);
}
