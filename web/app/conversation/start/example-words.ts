import { Component, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { SignedInUser } from '../../bridge/signed-in-user';

/** What the agent that the emulator plays answers in a way of its own, as it must be written. @see docs/emulator.md */
const WORDS = ['help', 'order 4711', 'image', 'survey'] as const;

/** What one could write to the emulator's agent, to be put into the field; nothing where people or bots of an account answer. */
@Component({
  selector: 'app-example-words',
  imports: [MatButton],
  template: `@if (isEmulated()) {
    <p i18n id="example-words">The emulator’s agent understands, for example:</p>
    <div class="words" role="group" aria-labelledby="example-words">
      @for (word of words; track word) {
        <button type="button" matButton="outlined" (click)="chosen.emit(word)">
          <code>{{ word }}</code>
        </button>
      }
    </div>
  }`,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      justify-items: center;
      color: var(--text-muted);
      font-size: var(--text-s);
    }
    :host:empty {
      display: none;
    }
    .words {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      justify-content: center;
    }
  `,
})
export class ExampleWords {
  private readonly signedIn = inject(SignedInUser);

  /** Nothing is sent by it. */
  readonly chosen = output<string>();

  protected readonly words = WORDS;
  protected readonly isEmulated = computed(() => this.signedIn.user()?.isEmulated === true);
}
