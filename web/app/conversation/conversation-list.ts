import { Component, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { wordsOf } from '../bridge/failure-words';
import { EmptyState } from '../ui/empty-state';
import { FailureNote, type FailureText } from '../ui/failure-note';
import { Icon } from '../ui/icon';
import { exactWords, shortWords } from '../ui/time-words';
import { ConsumerControls } from './controls/consumer-controls';
import { ConversationStore } from './conversation-store';
import { ConversationsStore } from './conversations-store';

/** The conversations of the app, newest first, with what is unread in each. */
@Component({
  selector: 'app-conversation-list',
  imports: [ConsumerControls, EmptyState, FailureNote, Icon, MatButton, RouterLink],
  templateUrl: './conversation-list.html',
  styleUrl: './conversation-list.scss',
})
export class ConversationList {
  protected readonly store = inject(ConversationsStore);
  protected readonly conversation = inject(ConversationStore);

  readonly newConversation = output();
  readonly conversationChosen = output();

  protected when(at: number): string {
    return shortWords(at, Date.now());
  }

  protected exactly(at: number): string {
    return exactWords(at);
  }

  protected words(failure: unknown): FailureText {
    return wordsOf(failure);
  }
}
