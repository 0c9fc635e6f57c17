import {
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { asAppKey } from '#protocol/identifiers';

import { SignedInUser } from '../../bridge/signed-in-user';
import { CodedText } from '../../ui/coded-text';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { CopyButton } from '../../ui/copy-button';
import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { Shortcuts } from '../../ui/shortcuts';
import { TabBar } from '../../ui/tab-bar';
import type { LeavablePage } from '../leave-guard';
import type { Choices } from '../manifest/manifest-diff';
import { promiseOf } from '../use-obstacle';
import { AppEditorStore } from './app-editor-store';
import { AppSaver, type SaveOutcome } from './app-saver';
import { ConflictPanel } from './conflict-panel';
import { DetailsSection } from './details-section';
import { EditorFocus } from './editor-focus';
import { asSection, sectionOf, sectionTabs, type EditorSection } from './editor-sections';
import { editorKeys } from './editor-keys';
import { adviceWords, changeWords, saveWords, triedWords } from './editor-words';
import { EngagementSection } from './engagement-section';
import { InstalledPanel } from './installed-panel';
import { ManifestSection } from './manifest-section';
import { HintsInSight } from './hints-in-sight';
import { SaveProblems } from './save-problems';
import { WebhooksSection } from './webhooks-section';

/** Creates an app, or edits one: details, webhooks, engagement, and all of it as a manifest. */
@Component({
  selector: 'app-app-editor-page',
  imports: [
    CodedText,
    ConfirmDialog,
    ConflictPanel,
    CopyButton,
    DetailsSection,
    EngagementSection,
    FailureNote,
    HintsInSight,
    Icon,
    InstalledPanel,
    ManifestSection,
    MatButton,
    RouterLink,
    TabBar,
    WebhooksSection,
  ],
  providers: [AppEditorStore, AppSaver, EditorFocus, SaveProblems],
  templateUrl: './app-editor-page.html',
  styleUrl: './app-editor-page.scss',
  host: { '(window:beforeunload)': 'warnOfLoss($event)' },
})
export class AppEditorPage implements LeavablePage {
  private readonly router = inject(Router);
  private readonly signedIn = inject(SignedInUser);
  private readonly focus = inject(EditorFocus);
  protected readonly store = inject(AppEditorStore);
  protected readonly saver = inject(AppSaver);

  /** App of `/apps/:appKey/edit`; absent for a new one. */
  readonly appKey = input<string>();
  readonly section = input<string>();
  /** Set right after the app was created. */
  readonly created = input<string>();

  private readonly leaveDialog = viewChild.required<ConfirmDialog>('leaveDialog');
  private readonly adviceDialog = viewChild.required<ConfirmDialog>('adviceDialog');
  private readonly revertDialog = viewChild.required<ConfirmDialog>('revertDialog');

  protected readonly savedAt = signal<number | null>(null);
  protected readonly current = computed(() => asSection(this.section()));
  protected readonly tabs = computed(() => sectionTabs(this.store.form, this.store.textProblemCount()));
  protected readonly isNew = computed(() => this.appKey() === undefined);
  protected readonly installation = computed(() => this.store.stored.value()?.installation ?? null);
  /** The account has no such app any more: asking again is no use. */
  protected readonly isGone = computed(() => this.store.stored.failure()?.code === 'unknown-app');
  protected readonly isReady = computed(() => this.isNew() || this.installation() !== null);
  protected readonly leaveLabel = computed(() =>
    this.isNew() || this.store.isChanged() ? $localize`Cancel` : $localize`Close`,
  );
  protected readonly isJustCreated = computed(() => this.created() !== undefined && !this.store.isChanged());
  protected readonly promise = computed(() => promiseOf(this.installation(), this.store.isEmulated()));
  protected readonly heading = computed(() => {
    if (this.isNew()) return $localize`New app`;
    const name = this.installation()?.client_name;
    if (this.isJustCreated())
      return name === undefined ? $localize`The app is installed` : $localize`${name} is installed`;
    return name === undefined ? $localize`Edit app` : $localize`Edit ${name}`;
  });
  protected readonly status = computed(() => {
    if (this.store.isTextBroken()) return $localize`Invalid manifest`;
    const count = this.store.changeCount();
    if (this.isNew()) return $localize`Not installed yet`;
    if (this.store.isChanged()) return changeWords(count);
    return this.isSaved() ? $localize`Saved` : $localize`No changes`;
  });
  protected readonly isSaved = computed(() => this.savedAt() !== null && !this.store.isChanged());
  protected readonly advice = computed(() => adviceWords(this.isNew()));
  protected readonly triedToSave = computed(() => triedWords(this.isNew()));
  protected readonly canSave = computed(() => {
    const isShown = this.isReady() && !this.isJustCreated() && this.saver.conflict() === null;
    const isFree = !this.saver.isSaving() && !this.store.isTextBroken();
    return isShown && isFree && (this.isNew() || this.store.isChanged());
  });
  protected readonly saveLabel = computed(() => saveWords(this.isNew(), this.saver.isSaving()));

  constructor() {
    const stop = inject(Shortcuts).register(...editorKeys(() => void (this.canSave() && this.save())));
    inject(DestroyRef).onDestroy(stop);
    effect(() => {
      const key = this.appKey();
      untracked(() => {
        this.savedAt.set(null);
        this.saver.forgetConflict();
        void this.store.open(key === undefined ? null : asAppKey(key));
      });
    });
  }

  mayLeave(): boolean | Promise<boolean> {
    if (!this.store.isChanged()) return true;
    if (this.signedIn.isSignedIn()) return this.mayDiscard();
    // The session ended: nobody is asked, and nothing is lost.
    this.store.keepForLater();
    return true;
  }

  protected warnOfLoss(event: Event): void {
    if (this.store.isChanged() && this.signedIn.isSignedIn()) event.preventDefault();
  }

  protected show(section: string): Promise<boolean> {
    return this.router.navigate([], {
      queryParams: { section: section === 'details' ? null : section },
      replaceUrl: true,
      // The field that gets the focus next says where to scroll.
      scroll: 'manual',
    });
  }

  /** The note that leads there goes with the click; the focus goes on to the text. */
  protected async goToManifest(): Promise<void> {
    if (await this.show('manifest')) this.focus.toManifest();
  }

  protected discardText(): void {
    this.store.discardText();
    this.focus.toTab(this.current());
  }

  protected async save(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.saver.isSaving() || this.store.isTextBroken()) return;
    if (this.store.form().invalid()) {
      await this.leadToMistake();
      return;
    }
    if (!(await this.isMeant())) return;
    await this.follow(await this.saver.save());
  }

  protected async saveChoice(choices: Choices): Promise<void> {
    this.saver.resolve(choices);
    await this.save();
  }

  protected async revert(): Promise<void> {
    if (!(await this.revertDialog().ask())) return;
    this.store.revert();
    this.focus.toTab(this.current());
  }

  /** An app that is no connector app may be meant, or a slip: the person says. */
  private async isMeant(): Promise<boolean> {
    if (this.store.advice() === null || (await this.adviceDialog().ask())) return true;
    await this.show('details');
    this.focus.toField(this.store.form.details.scope);
    return false;
  }

  /** What was given up must not come back with the next sign-in. */
  private async mayDiscard(): Promise<boolean> {
    const isConfirmed = await this.leaveDialog().ask();
    if (isConfirmed) this.store.revert();
    return isConfirmed;
  }

  private async follow(outcome: SaveOutcome): Promise<void> {
    if (outcome === 'saved') this.savedAt.set(Date.now());
    else if (outcome === 'refused') await this.leadToMistake();
    else if (typeof outcome === 'object') {
      await this.router.navigate(['/apps', outcome.created, 'edit'], {
        queryParams: { created: 1 },
        replaceUrl: true,
      });
    }
  }

  /** Shows every mistake and puts the focus on the first. */
  private async leadToMistake(): Promise<void> {
    this.store.showMistakes();
    const [mistake] = this.store.form().errorSummary();
    if (mistake === undefined) {
      this.focus.toFailure();
      return;
    }
    await this.show(sectionOf(this.store.form, mistake.fieldTree) satisfies EditorSection);
    this.focus.toMistake(mistake.fieldTree);
  }
}
