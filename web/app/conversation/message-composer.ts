import type { ElementRef } from '@angular/core';
import {
  Component,
  afterRenderEffect,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { FormField, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';

import { textExcess, type PublishingPlace } from '#protocol/connector/publish-request';

import { Drafts } from './drafts';

/** Where the consumer writes. Enter sends, Shift+Enter begins a line; what is not sent is kept per conversation. */
@Component({
  selector: 'app-message-composer',
  imports: [FormField, MatButton],
  templateUrl: './message-composer.html',
  styleUrl: './message-composer.scss',
})
export class MessageComposer {
  private readonly drafts = inject(Drafts);

  /** Names the conversation whose draft is written here. */
  readonly draftKey = input.required<string>();
  /** Where it is sent to; `null` where the conversation is still to be opened. */
  readonly place = input<PublishingPlace | null>(null);
  /** Why nothing can be sent now; `null` when it can. */
  readonly obstacle = input<string | null>(null);
  readonly messageComposed = output<string>();
  readonly typed = output();

  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  /** What was put there as a whole. */
  private filled = '';
  private composedAt = Number.NEGATIVE_INFINITY;
  private readonly kept = computed(() => this.drafts.of(this.draftKey()));
  private readonly draft = linkedSignal({ source: this.kept, computation: (text) => ({ text }) });
  /** Without a rule for its length: as an attribute it would cut what is pasted, and say nothing. */
  protected readonly message = form(this.draft);
  protected readonly excess = computed(() => textExcess(this.draft().text.trim(), this.place()));
  /** Why the button does nothing. */
  protected readonly reason = computed(() => {
    if (this.excess() > 0)
      return $localize`The message is too long for a request: quotation marks and line breaks count twice`;
    return this.draft().text.trim() === '' ? $localize`Write a message first` : this.obstacle();
  });

  constructor() {
    // What came and went between two drawings, the form does not see.
    afterRenderEffect(() => {
      const { text } = this.draft();
      const { nativeElement: field } = this.field();
      if (field.value !== text) field.value = text;
    });
  }

  focus(): void {
    this.field().nativeElement.focus();
  }

  /** Writes at the caret, as a key would. */
  insert(text: string): void {
    const { nativeElement: field } = this.field();
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    this.noteTyped();
  }

  /** Puts a whole text there, in the place of another that was put there; what somebody wrote is kept. */
  fill(text: string): void {
    const { nativeElement: field } = this.field();
    if (field.value === this.filled) field.select();
    this.insert(text);
    this.filled = text;
  }

  protected noteTyped(): void {
    this.write(this.field().nativeElement.value);
    this.typed.emit();
  }

  protected sendDraft(event: Event): void {
    event.preventDefault();
    if (this.reason() !== null) return;
    const { text } = this.draft();
    this.write('');
    // Where Enter follows the last key within one frame, the page has seen no text in between and would leave it there.
    this.field().nativeElement.value = '';
    this.messageComposed.emit(text.trim());
    this.focus();
  }

  protected sendOnEnter(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.shiftKey) return;
    // While an input method composes (Japanese, Chinese …), Enter picks a word; Safari ends composing just before.
    if (event.isComposing || event.timeStamp - this.composedAt < SAME_KEY_MS) return;
    this.sendDraft(event);
  }

  protected noteComposed(event: Event): void {
    this.composedAt = event.timeStamp;
  }

  private write(text: string): void {
    this.drafts.set(this.draftKey(), text);
    this.draft.set({ text });
  }
}

const SAME_KEY_MS = 50;
