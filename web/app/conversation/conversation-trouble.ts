import { Component, computed, inject, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { wordsOf } from '../bridge/failure-words';
import { FailureNote } from '../ui/failure-note';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';
import { StartOptions } from './start/start-options';

/** Says why a conversation could not be opened or closed, and leads to the one that stands in the way. */
@Component({
  selector: 'app-conversation-trouble',
  imports: [FailureNote, MatButton, RouterLink],
  template: `@if (words(); as words) {
    <app-failure-note [text]="words">
      @if (openOne(); as id) {
        <a
          i18n
          matButton="outlined"
          queryParamsHandling="merge"
          [routerLink]="['/apps', conversations.appKey(), 'chat', id]"
          [queryParams]="{ item: null }"
          >Go to that conversation</a
        >
      }
    </app-failure-note>
  }`,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class ConversationTrouble {
  private readonly store = inject(ConversationStore);
  private readonly start = inject(StartOptions);
  protected readonly conversations = inject(ConversationsStore);

  protected readonly words = computed(() => {
    const trouble = this.store.trouble();
    return trouble === null ? null : wordsOf(trouble.failure);
  });

  /** As whom it was tried: the next try may be as another consumer. */
  private readonly externalId = computed(() =>
    this.words()?.code === 'already-open' ? untracked(this.start.externalId) : '',
  );

  /** `null` where this page does not know it: it may be another app’s. */
  protected readonly openOne = computed(() => {
    const externalId = this.externalId();
    return externalId === '' ? null : this.conversations.openOf(externalId);
  });
}
