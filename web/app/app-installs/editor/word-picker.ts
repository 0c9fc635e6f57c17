import { Component, type ElementRef, computed, input, model, output, viewChild } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';

import { Icon } from '../../ui/icon';
import type { EngagementListRules } from '../manifest/engagement-words';

/** Chooses words of a list: the documented ones by a press, any other by typing it. */
@Component({
  selector: 'app-word-picker',
  imports: [Icon],
  templateUrl: './word-picker.html',
  styleUrl: './word-picker.scss',
  host: { '(focusout)': 'touch.emit()' },
})
export class WordPicker implements FormValueControl<readonly string[]> {
  readonly value = model.required<readonly string[]>();
  readonly rules = input.required<EngagementListRules>();
  /** Ids of what explains the choice. */
  readonly describedBy = input<string | null>(null);
  readonly touch = output();

  private readonly words = viewChild.required<ElementRef<HTMLElement>>('words');
  private readonly other = viewChild.required<ElementRef<HTMLInputElement>>('other');
  protected readonly foreignTitle = $localize`Not among the documented words`;
  protected readonly chosen = computed(() => new Set(this.value()));
  protected readonly offered = computed(() => {
    const { words } = this.rules();
    const foreign = [...this.chosen()].filter((word) => !words.includes(word));
    return [
      ...words.map((word) => ({ word, isForeign: false })),
      ...foreign.map((word) => ({ word, isForeign: true })),
    ];
  });

  focus(options?: FocusOptions): void {
    this.words().nativeElement.querySelector('input')?.focus(options);
  }

  protected toggle(word: string): void {
    const rest = this.value().filter((each) => each !== word);
    this.value.set(rest.length === this.value().length ? [...rest, word] : rest);
  }

  protected addByComma(): void {
    if (this.other().nativeElement.value.includes(',')) this.addTyped();
  }

  protected addByKey(event: Event): void {
    // Enter would send the whole form.
    event.preventDefault();
    this.addTyped();
  }

  protected addTyped(): void {
    const { nativeElement: other } = this.other();
    const words = other.value
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '' && !this.chosen().has(word));
    other.value = '';
    if (words.length > 0) this.value.set([...this.value(), ...new Set(words)]);
  }
}
