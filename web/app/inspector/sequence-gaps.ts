import { computed, effect, inject, signal, type Signal } from '@angular/core';

import type { LogEntry } from '#protocol/bridge-events';
import type { ConversationId } from '#protocol/identifiers';

import { isFlowing } from '../bridge/connection';
import { EventLog } from '../bridge/event-log';
import { gapItems, missingOf, nextDueAt, type GapItem, type KnownSequence } from './missing-sequences';
import { withSequences, type SequenceBook } from './sequence-book';

/** Sequences of the conversation on the screen that are not here. Made where one may inject. */
export class SequenceGaps {
  private readonly log = inject(EventLog);
  private readonly book = signal<SequenceBook>(new Map());
  private readonly now = signal(Date.now());
  private readonly conversationId: Signal<ConversationId | null>;

  /** What the history has of the conversation. */
  readonly known = signal<readonly KnownSequence[]>([]);

  /** By dialog; nothing before the log is read to its end. */
  readonly missing = computed(() => {
    const id = this.conversationId();
    if (id === null || !isFlowing(this.log.connection())) return [];
    return missingOf(this.book(), id, { known: this.known(), now: this.now() });
  });
  readonly items = computed<readonly GapItem[]>(
    () => {
      const id = this.conversationId();
      return id === null ? [] : gapItems(this.book(), id, this.missing());
    },
    // Most messages change nothing here, and nobody is to work out the lists anew for them.
    { equal: areSame },
  );

  constructor(conversationId: Signal<ConversationId | null>) {
    this.conversationId = conversationId;
    effect((onCleanup) => {
      const id = conversationId();
      const due = id === null ? null : nextDueAt(this.book(), id, this.now());
      if (due === null) return;
      const timer = setTimeout(() => this.now.set(Date.now()), Math.max(0, due - Date.now()));
      onCleanup(() => clearTimeout(timer));
    });
  }

  take(entries: readonly LogEntry[]): void {
    this.book.update((book) => withSequences(book, entries));
  }

  /** The log starts anew. */
  forget(): void {
    this.book.set(new Map());
  }
}

const areSame = (some: readonly GapItem[], others: readonly GapItem[]): boolean =>
  some.length === others.length &&
  some.every(({ id, words, hint }, at) => {
    const other = others[at];
    return other?.id === id && other.words === words && other.hint === hint;
  });
