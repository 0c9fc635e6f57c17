import { Component, computed, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { AppNames } from '../bridge/app-names';
import { wordsOf } from '../bridge/failure-words';
import { EmptyState } from '../ui/empty-state';
import { FailureNote, type FailureText } from '../ui/failure-note';
import { Icon, type IconName } from '../ui/icon';
import { exactWords, shortWords } from '../ui/time-words';
import { ConsumerControls } from './controls/consumer-controls';
import { ConversationStore } from './conversation-store';
import type { ConversationSummary, Waiting } from './conversation-summary';
import { ConversationsStore } from './conversations-store';
import { deliveryWords } from './delivery-words';
import { Drafts } from './drafts';
import { findConversations } from './find-conversations';
import { phaseWords } from './words';

const SEARCH_FROM = 3;
/** So many rows high is what stands there instead of conversations. */
const ROWS_OF_NONE = 4;
/** Beyond that nobody needs to know how many. */
const MOST_COUNTED = 99;

/** What stands before a last line that did not arrive, or has not yet. */
interface Mark {
  readonly icon: IconName;
  readonly state: 'failed' | 'sending';
  readonly words: string;
}

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
  private readonly drafts = inject(Drafts);
  private readonly names = inject(AppNames);

  readonly newConversation = output();
  readonly conversationChosen = output();

  /** By its id until its name is known. */
  protected readonly appName = computed(() => {
    const appKey = this.store.appKey();
    return appKey === null ? '' : (this.names.nameOf(appKey) ?? appKey);
  });
  protected readonly wanted = signal('');
  protected readonly isWithClosed = signal(true);
  /** So few are found without a search. */
  protected readonly canSearch = computed(() => this.store.summaries().length > SEARCH_FROM);
  protected readonly found = computed(() => {
    if (!this.canSearch()) return this.store.summaries();
    return findConversations(this.store.summaries(), this.wanted(), this.isWithClosed());
  });

  /** A failure stands in the place of rows. */
  protected readonly rowCount = computed(
    () => this.found().length || (this.store.loading().kind === 'failed' ? 0 : ROWS_OF_NONE),
  );

  protected when(at: number): string {
    return shortWords(at, Date.now());
  }

  protected exactly(at: number): string {
    return exactWords(at);
  }

  protected lastLine({ lastLine, isCut }: ConversationSummary): string {
    if (lastLine !== '') return lastLine;
    return isCut ? $localize`Messages not loaded` : $localize`No messages yet`;
  }

  /** That of the conversation on the screen stands there. */
  protected hasDraft({ id }: ConversationSummary): boolean {
    return id !== this.conversation.id() && this.drafts.of(id).trim() !== '';
  }

  /** Of a message before the last line; `null` when none waits. */
  protected waitingWords({ waiting }: ConversationSummary): string | null {
    if (waiting === null) return null;
    return waiting === 'unsent'
      ? $localize`A message was not sent`
      : $localize`Whether a message arrived is unknown`;
  }

  protected markOf({ delivery, waiting }: ConversationSummary): Mark | null {
    if (delivery?.state !== 'failed' && delivery?.state !== 'sending') return null;
    const { state } = delivery;
    const words = deliveryWords(delivery);
    if (state === 'sending') return { icon: 'clock', state, words };
    // One sign for both: two say no more.
    return {
      ...{ icon: 'alert', state },
      words: waiting === null ? words : withEarlier(words, waiting),
    };
  }

  protected count({ unread }: ConversationSummary): string {
    return unread > MOST_COUNTED ? `${MOST_COUNTED}+` : `${unread}`;
  }

  protected phase({ phase }: ConversationSummary): string {
    return phaseWords(phase);
  }

  protected words(failure: unknown): FailureText {
    const words = wordsOf(failure);
    const title = $localize`The conversations could not be loaded`;
    return { ...words, title, next: `${words.title}. ${words.next}` };
  }
}

const withEarlier = (words: string, waiting: Waiting): string =>
  waiting === 'unsent'
    ? $localize`${words}; an earlier message was not sent`
    : $localize`${words}; whether an earlier message arrived is unknown`;
