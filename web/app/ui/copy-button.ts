import { Component, computed, input, output, signal } from '@angular/core';

import { Icon } from './icon';

/** What to copy, or where to get it when the button is pressed. */
export type CopySource = string | (() => Promise<string>);

/** Copies a text and says so. Where the browser refuses the clipboard, it says that instead. */
@Component({
  selector: 'app-copy-button',
  imports: [Icon],
  template: `<button
      type="button"
      [class]="isNamed() ? 'named' : 'icon-button button'"
      [attr.aria-label]="label()"
      [attr.title]="isNamed() ? null : label()"
      (click)="copy()"
    >
      <app-icon [name]="icon()" />
      @if (isNamed()) {
        {{ label() }}
      }
    </button>
    <span class="visually-hidden" role="status">{{ told() }}</span>`,
  styles: `
    :host {
      display: inline-flex;
    }
    .button {
      --side: 24px;

      color: var(--text-faint);
      font-size: var(--text-s);
    }
    .named {
      display: inline-flex;
      gap: var(--space-1);
      align-items: center;
      height: 28px;
      padding: 0 10px;
      border: 1px solid var(--line-control);
      border-radius: var(--radius-s);
      background: none;
      color: var(--text);
      font: inherit;
      font-size: var(--text-s);
      font-weight: 600;
      cursor: pointer;
    }
    .named:hover {
      background: var(--surface-sunken);
    }
  `,
})
export class CopyButton {
  readonly source = input.required<CopySource>();
  /** Completes the button's name: “Copy app id”. */
  readonly what = input.required<string>();
  /** Whether the name stands beside the icon. */
  readonly isNamed = input(false);
  /** The text could not be fetched, or the clipboard was refused. */
  readonly failed = output<unknown>();

  private readonly outcome = signal<'none' | 'copied' | 'refused'>('none');
  protected readonly label = computed(() => $localize`Copy ${this.what()}`);
  protected readonly icon = computed(() => ICONS[this.outcome()]);
  protected readonly told = computed(() => (this.outcome() === 'none' ? '' : WORDS[this.outcome()]));

  protected async copy(): Promise<void> {
    const source = this.source();
    try {
      const text = typeof source === 'string' ? source : await source();
      await navigator.clipboard.writeText(text);
      this.show('copied');
    } catch (failure) {
      this.show('refused');
      this.failed.emit(failure);
    }
  }

  private show(outcome: 'copied' | 'refused'): void {
    this.outcome.set(outcome);
    setTimeout(() => this.outcome.set('none'), SHOWN_MS);
  }
}

const ICONS = { none: 'copy', copied: 'check', refused: 'close' } as const;
const WORDS = { none: '', copied: $localize`Copied`, refused: $localize`Could not copy` } as const;
const SHOWN_MS = 2_000;
