import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Icon } from '../ui/icon';
import { Drafts } from './drafts';

/** Stands where one wrote, once nothing more can be written: how it ended, and the way on. */
@Component({
  selector: 'app-closed-strip',
  imports: [Icon, MatButton],
  template: `@if (words() !== null) {
      <app-icon name="check" />
    }
    <span class="told" role="status"
      ><span class="closed-words">{{ words() }}</span>
      @if (hasDraft()) {
        <small i18n class="draft">Your draft goes into the new one.</small>
      }
    </span>
    @if (words() !== null) {
      <button type="button" matButton="outlined" (click)="newConversation.emit()">
        <ng-container i18n>New conversation</ng-container>
      </button>
    }`,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
      min-height: 40px;
      // Begins where the pane's name does.
      padding-inline-start: var(--space-1);
      color: var(--text-muted);
    }
    // Its words are told when they come, so it is there before; it takes no room.
    :host(.is-open) {
      position: absolute;
      min-height: 0;
    }
    // Where its words and the button have no room side by side, each has a line to itself.
    .told {
      flex: 999 1 auto;
    }
    button {
      flex: 1 0 auto;
    }
    .draft {
      display: block;
      font-size: var(--text-s);
      text-wrap: pretty;
    }
  `,
  host: { '[class.is-open]': 'words() === null' },
})
export class ClosedStrip {
  private readonly drafts = inject(Drafts);

  /** How it ended; `null` while one can still write. */
  readonly words = input.required<string | null>();
  /** Names the conversation whose draft may be left. */
  readonly draftKey = input.required<string>();
  readonly newConversation = output();

  protected readonly hasDraft = computed(
    () => this.words() !== null && this.drafts.of(this.draftKey()).trim() !== '',
  );
}
