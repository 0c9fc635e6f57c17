import { Component, ElementRef, computed, inject, output, signal, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { Icon } from '../../ui/icon';
import { findEmoji } from './emoji-list';

const GAP = 8;

/** Chooses an emoji to write. */
@Component({
  selector: 'app-emoji-button',
  imports: [Icon, MatIconButton],
  template: `<button
      type="button"
      matIconButton
      aria-label="Emoji"
      i18n-aria-label
      title="Emoji"
      i18n-title
      aria-haspopup="dialog"
      [class.pressed]="isOpen()"
      (click)="open()"
    >
      <app-icon name="smile" />
    </button>
    <div #panel class="panel" popover role="dialog" aria-label="Emoji" i18n-aria-label (toggle)="noteOpen()">
      <input
        #search
        class="input search"
        type="search"
        placeholder="Search emoji"
        i18n-placeholder
        aria-label="Search emoji"
        i18n-aria-label
        autocomplete="off"
        [value]="text()"
        (input)="text.set(search.value)"
        (keydown.enter)="chooseFirst($event)"
      />
      <div class="grid">
        @for (emoji of found(); track emoji.sign) {
          <button
            type="button"
            class="emoji"
            [attr.aria-label]="emoji.name"
            [attr.title]="emoji.name"
            (click)="choose(emoji.sign)"
          >
            {{ emoji.sign }}
          </button>
        } @empty {
          <p i18n class="none">None has this name.</p>
        }
      </div>
    </div>`,
  styles: `
    .pressed {
      border-radius: var(--radius-s);
      background: var(--surface-sunken);
    }
    :host-context([data-contrast='more']) .pressed {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
    @media (prefers-contrast: more) {
      .pressed {
        outline: 2px solid var(--accent);
        outline-offset: -2px;
      }
    }
    .panel {
      position: fixed;
      inset: auto;
      width: 296px;
      max-width: calc(100vw - 16px);
      margin: 0;
      padding: var(--space-2);
      border: 1px solid var(--line);
      border-radius: var(--radius-m);
      background: var(--surface-raised);
      box-shadow: var(--shadow-raised);
      color: var(--text);
    }
    .search {
      height: 34px;
    }
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, 34px);
      justify-content: center;
      height: 170px;
      margin-top: var(--space-2);
      align-content: start;
      overflow-y: auto;
    }
    .emoji {
      width: 34px;
      height: 34px;
      padding: 0;
      border: 0;
      border-radius: var(--radius-s);
      background: none;
      font: inherit;
      font-size: 1.25rem;
      cursor: pointer;
    }
    .emoji:hover {
      background: var(--surface-sunken);
    }
    .none {
      grid-column: 1 / -1;
      padding: var(--space-3);
      color: var(--text-muted);
      font-size: var(--text-s);
    }
  `,
})
export class EmojiButton {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  readonly chosen = output<string>();

  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  protected readonly isOpen = signal(false);
  protected readonly text = signal('');
  protected readonly found = computed(() => findEmoji(this.text()));

  /** It is closed by the browser as well. */
  protected noteOpen(): void {
    this.isOpen.set(this.panel().nativeElement.matches(':popover-open'));
  }

  protected open(): void {
    const { nativeElement: panel } = this.panel();
    this.text.set('');
    if (!panel.matches(':popover-open')) panel.showPopover();
    const { nativeElement: host } = this.host;
    // Above all of the field: what one has written so far stays in sight.
    const { left, top } = (host.closest('form') ?? host).getBoundingClientRect();
    const { width, height } = panel.getBoundingClientRect();
    panel.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
    panel.style.top = `${Math.max(GAP, top - height - GAP)}px`;
    this.search().nativeElement.focus();
  }

  protected chooseFirst(event: Event): void {
    event.preventDefault();
    const [first] = this.found();
    if (first !== undefined) this.choose(first.sign);
  }

  protected choose(sign: string): void {
    this.panel().nativeElement.hidePopover();
    this.chosen.emit(sign);
  }
}
