import { DestroyRef, Service, computed, effect, inject, signal, untracked } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BridgeClient } from '../../bridge/bridge-client';
import { EventLog } from '../../bridge/event-log';
import { ConversationLog } from '../conversation-log';

/** How far the reading of a conversation's history is. */
export type HistoryReading =
  | { readonly kind: 'reading' }
  /** Everything that history has is on the screen; `isPartial`: the cloud says itself that something is missing. */
  | { readonly kind: 'read'; readonly isPartial: boolean; readonly at: number }
  /** History does not have the conversation, or not yet: it lags behind. `at`: when it was asked, epoch milliseconds. */
  | { readonly kind: 'empty'; readonly at: number }
  | { readonly kind: 'failed'; readonly failure: unknown };

/**
 * Fills conversations in from the cloud's history: what was there before the log, and webhooks that never came. Each is
 * read once when it is first shown, and again after the log has told of a gap.
 */
@Service({ autoProvided: false })
export class HistoryReader {
  private readonly bridge = inject(BridgeClient);
  private readonly eventLog = inject(EventLog);
  private readonly log = inject(ConversationLog);

  private readonly shown = signal<ConversationId | null>(null);
  private readonly readings = signal<ReadonlyMap<ConversationId, HistoryReading>>(new Map());
  /** Opened by this page: the log has all of it. */
  private readonly complete = new Set<ConversationId>();

  /** Of the conversation that is shown; `null` while there was no need to read. */
  readonly reading = computed<HistoryReading | null>(() => {
    const id = this.shown();
    return id === null ? null : (this.readings().get(id) ?? null);
  });

  private readonly hasGap = computed(() => this.eventLog.connection().kind === 'gap');

  constructor() {
    effect(() => {
      if (!this.hasGap()) return;
      untracked(() => {
        this.complete.clear();
        this.readings.set(new Map());
      });
    });
    inject(DestroyRef).onDestroy(this.log.onForgotten((ids) => this.forget(ids)));
    effect(() => {
      const id = this.shown();
      const isReady = this.log.isCaughtUp() && !this.complete.has(id ?? NOTHING);
      if (id !== null && isReady && !this.readings().has(id)) untracked(() => void this.read(id));
    });
  }

  /** Which conversation is on the screen. */
  show(id: ConversationId | null): void {
    this.shown.set(id);
  }

  /** A conversation that was opened here just now has no history that the log lacks. */
  skip(id: ConversationId): void {
    this.complete.add(id);
  }

  /** Reads the shown conversation once more. */
  async readAgain(): Promise<void> {
    const id = this.shown();
    if (id !== null && this.readings().get(id)?.kind !== 'reading') await this.read(id);
  }

  private async read(id: ConversationId): Promise<void> {
    const at = Date.now();
    this.note(id, { kind: 'reading' });
    try {
      const history = await this.bridge.conversationHistory(id);
      this.log.addHistory(history);
      const { isKnown, isPartial } = history;
      this.note(id, isKnown ? { kind: 'read', isPartial, at } : { kind: 'empty', at });
    } catch (failure) {
      this.note(id, { kind: 'failed', failure });
    }
  }

  private forget(ids: ReadonlySet<ConversationId>): void {
    for (const id of ids) this.complete.delete(id);
    this.readings.update((readings) => new Map([...readings].filter(([id]) => !ids.has(id))));
  }

  private note(id: ConversationId, reading: HistoryReading): void {
    this.readings.update((readings) => new Map(readings).set(id, reading));
  }
}

const NOTHING = '' as ConversationId;
