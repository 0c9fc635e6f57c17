import {
  Component,
  type ElementRef,
  afterRenderEffect,
  computed,
  inject,
  linkedSignal,
  model,
  signal,
  viewChild,
} from '@angular/core';
import { FormField, form, submit } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import { DEFAULT_CONVERSATION_OPTIONS, type ConversationOptions } from '#protocol/bridge-api';
import { CLIENT_FEATURES } from '#protocol/connector/envelope';

import { ConfirmDialog } from '../../ui/confirm-dialog';
import { DialogHead } from '../../ui/dialog-head';
import { Icon } from '../../ui/icon';
import { KeptDrafts } from './kept-drafts';
import { OptionField, isWrong } from './option-field';
import {
  URGENCY_CHOICES,
  chosenFeatures,
  missingForSurvey,
  optionsSchema,
  toDraft,
  toOptions,
} from './options-draft';
import { StartOptions } from './start-options';

/** All that a new conversation can start with. Nothing is opened here: the first message does that. */
@Component({
  selector: 'app-new-conversation-sheet',
  imports: [ConfirmDialog, DialogHead, FormField, Icon, MatButton, OptionField],
  templateUrl: './new-conversation-sheet.html',
  styleUrl: './new-conversation-sheet.scss',
})
export class NewConversationSheet {
  protected readonly start = inject(StartOptions);

  readonly consumerName = model.required<string>();

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly leaveDialog = viewChild.required<ConfirmDialog>('leaveDialog');
  private readonly presetGroup = viewChild<ElementRef<HTMLElement>>('presetGroup');

  protected readonly isOpen = signal(false);
  protected readonly featureNames = CLIENT_FEATURES;
  protected readonly urgencies = URGENCY_CHOICES;
  protected readonly isWrong = isWrong;
  private readonly draft = signal(toDraft({ name: '', externalId: '' }, DEFAULT_CONVERSATION_OPTIONS));
  private readonly kept = new KeptDrafts();
  protected readonly options = form(this.draft, optionsSchema);
  protected readonly missing = computed(() => missingForSurvey(chosenFeatures(this.draft())));
  protected readonly presetName = signal('');
  /** Fields that show what is wrong with them; they may lie outside of what is scrolled to. */
  private readonly mistaken = computed(() => {
    const wrong = this.options()
      .errorSummary()
      .map(({ fieldTree }) => fieldTree);
    return [...new Set(wrong.filter((field) => field().touched()))];
  });
  protected readonly mistakes = computed(() => this.mistaken().length);
  /** What was done with the fields as a whole, or why not; until what was typed becomes right or wrong. */
  protected readonly told = linkedSignal({ source: () => this.options().invalid(), computation: () => '' });

  constructor() {
    // Shown once its fields are there, so that the first of them takes the focus.
    afterRenderEffect(() => {
      const { nativeElement: dialog } = this.dialog();
      if (this.isOpen() && !dialog.open) dialog.showModal();
    });
  }

  open(): void {
    const consumer = { name: this.consumerName(), externalId: this.start.externalId() };
    this.options().reset(toDraft(consumer, this.start.options()));
    this.kept.begin(this.draft());
    this.presetName.set(this.start.presetOf(toOptions(this.draft()))?.name ?? '');
    this.told.set('');
    this.isOpen.set(true);
  }

  /** Closes; asks first where something that was changed would be lost. */
  protected async leave(event?: Event): Promise<void> {
    // Escape that ends the composing of a word is the word's.
    if (event instanceof KeyboardEvent && event.isComposing) return;
    event?.preventDefault();
    if (this.kept.has(this.draft()) || (await this.leaveDialog().ask())) this.close();
  }

  /** The browser has closed it: it lets nobody refuse that twice in a row, but what was changed is still here. */
  protected stay(): void {
    const { nativeElement: dialog } = this.dialog();
    if (!this.isOpen() || dialog.open) return;
    if (!this.kept.has(this.draft())) dialog.showModal();
    void this.leave();
  }

  private close(): void {
    this.dialog().nativeElement.close();
    this.isOpen.set(false);
  }

  protected async use(event: Event): Promise<void> {
    event.preventDefault();
    await submit(this.options, {
      action: () => {
        const draft = this.draft();
        this.start.use(toOptions(draft));
        this.start.externalId.set(draft.externalId.trim());
        this.consumerName.set(draft.consumerName.trim());
        this.close();
        return Promise.resolve();
      },
      onInvalid: () => {
        this.told.set('');
        this.focusFirstError();
      },
    });
  }

  protected reset(): void {
    this.fill(DEFAULT_CONVERSATION_OPTIONS);
    this.told.set($localize`Back to the defaults.`);
  }

  protected choosePreset(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const name = event.target.value;
    const preset = this.start.presets().find((one) => one.name === name);
    if (preset === undefined) return;
    this.fill(preset.options);
    this.presetName.set(name);
    this.told.set($localize`“${name}” is filled in.`);
  }

  protected renamePreset(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.presetName.set(event.target.value);
  }

  protected savePreset(): void {
    const name = this.presetName().trim();
    if (name === '') return;
    if (this.options().invalid()) {
      this.options().markAsTouched();
      this.told.set($localize`Not saved.`);
      this.focusFirstError();
      return;
    }
    this.start.savePreset(name, toOptions(this.draft()));
    this.kept.add(name, this.draft());
    // All that can be done with it is in sight then.
    this.presetGroup()?.nativeElement.scrollIntoView({ block: 'nearest' });
    this.told.set($localize`“${name}” is saved.`);
  }

  protected removePreset(): void {
    const name = this.presetName().trim();
    this.start.removePreset(name);
    this.kept.remove(name);
    this.told.set($localize`“${name}” is removed.`);
    this.presetName.set('');
  }

  protected readonly choose = $localize`Choose a preset…`;
  protected readonly noneSaved = $localize`None saved yet`;
  protected readonly unchosenTitle = $localize`Choose a preset to remove`;
  /** Why no preset can be saved; `null` when one can. What is wrong with its values is marked when it is to be saved. */
  protected readonly saveObstacle = computed(() => {
    if (this.presetName().trim() === '') return $localize`Give the preset a name first`;
    return this.isUnchanged() ? $localize`It is saved as it stands here` : null;
  });
  protected readonly attributesExample = '[{ "type": "ctmrinfo", "info": { "ctype": "vip" } }]';

  private readonly saved = computed(() =>
    this.start.presets().find((preset) => preset.name === this.presetName().trim()),
  );
  protected readonly isSaved = computed(() => this.saved() !== undefined);
  private readonly isUnchanged = computed(
    () =>
      !this.options().invalid() &&
      JSON.stringify(this.saved()?.options) === JSON.stringify(toOptions(this.draft())),
  );

  protected focusFirstError(): void {
    const [first] = this.mistaken();
    first?.().focusBoundControl();
  }

  /** Who the consumer is stays as it was typed. */
  private fill(options: ConversationOptions): void {
    const { consumerName: name, externalId } = this.draft();
    this.options().reset(toDraft({ name, externalId }, options));
  }
}
