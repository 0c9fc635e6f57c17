import { Component, type ElementRef, computed, input, model, output, signal, viewChild } from '@angular/core';
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
  protected readonly typed = signal('');
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

  protected type(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.typed.set(event.target.value);
    if (this.typed().includes(',')) this.addTyped();
  }

  protected addByKey(event: Event): void {
    // Enter would send the whole form.
    event.preventDefault();
    this.addTyped();
  }

  protected addTyped(): void {
    const words = this.typed()
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '' && !this.chosen().has(word));
    this.typed.set('');
    if (words.length > 0) this.value.set([...this.value(), ...new Set(words)]);
  }
}
