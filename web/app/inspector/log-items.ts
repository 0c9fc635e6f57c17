import { DestroyRef, computed, inject, signal, type Signal } from '@angular/core';

import type { LogEntry } from '#protocol/bridge-events';
import type { ConversationId } from '#protocol/identifiers';

import { EventLog } from '../bridge/event-log';
import { TabMemory } from '../bridge/tab-memory';
import type { InspectorItem, WebhookItem } from './inspector-item';
import { NOTHING, countOf, listsOf, onlyItems, withItems, type Items } from './kept-items';
import { LogReader } from './log-reader';
import { PacedEntries } from './paced-entries';
import { waitingCall, waitingId, type RequestItem, type WaitingCall } from './request-item';
import { SequenceGaps } from './sequence-gaps';

/** The same one, so that nobody works anything out anew. */
const NO_CALLS: readonly WaitingCall[] = [];

interface Held extends Items {
  readonly calls: readonly WaitingCall[];
}

/** All that the log told, as items: held still while paused, out of sight once cleared. Made where one may inject. */
export class LogItems {
  private readonly log = inject(EventLog);
  private readonly told = signal(NOTHING);
  private reader = new LogReader();
  /** What was there when the lists were paused; `null` while they run. */
  private readonly paused = signal<Held | null>(null);
  /** Entries up to this one are out of sight, also after a reload of the tab. */
  private readonly cleared = inject(TabMemory).kept('inspector-cleared', 0, isSequence);

  private readonly conversationId: Signal<ConversationId | null>;

  /** Sequences that did not come. */
  readonly gaps: SequenceGaps;
  /** All of them, paused or not. */
  readonly all = this.told.asReadonly();
  readonly held = this.paused.asReadonly();
  readonly clearedTo = this.cleared.asReadonly();
  /** Those that a list may show. */
  readonly shown = computed(() => this.paused() ?? this.told());
  /** How many came since the lists were paused. */
  readonly waiting = computed(() => {
    const held = this.paused();
    return held === null ? 0 : countOf(this.told()) - countOf(held);
  });

  /** Calls that have no answer; while the lists are paused, those that had none then. */
  readonly calls = computed(() => this.paused()?.calls ?? this.underWay());
  /** A call whose exchange is here has ended, whatever was told before. */
  private readonly underWay = computed(() => {
    const calls = this.log.underWay();
    if (calls.length === 0) return NO_CALLS;
    const ended = new Set(this.told().requests.map(({ entry }) => entry.exchangeId));
    return calls.filter(({ exchangeId }) => !ended.has(exchangeId)).map(waitingCall);
  });

  /** @param conversationId The one on the screen, which stays whole whatever the bridge drops. */
  constructor(conversationId: Signal<ConversationId | null>) {
    this.conversationId = conversationId;
    this.gaps = new SequenceGaps(conversationId);
    const paced = new PacedEntries((entries) => this.take(entries));
    const stop = this.log.follow(
      (entries) => paced.take(entries),
      () => {
        paced.clear();
        this.forget();
      },
      ({ dropped }) => this.forgetThrough(dropped.at(-1)?.sequence ?? 0),
    );
    inject(DestroyRef).onDestroy(() => {
      stop();
      paced.clear();
    });
  }

  /** Found also when it is filtered out or cleared; a call that waited, by what became of it. */
  find(id: number): InspectorItem | WaitingCall | null {
    if (id < 0) {
      const ended = this.told().requests.find(({ entry }) => waitingId(entry.exchangeId) === id);
      return this.calls().find((call) => call.id === id) ?? ended ?? null;
    }
    return listsOf(this.told()).flatMap((list) => list.find((item) => item.id === id) ?? [])[0] ?? null;
  }

  /** The row of an exchange by its name, wherever it is. */
  findRequest(exchangeId: string): RequestItem | null {
    return this.told().requests.find(({ entry }) => entry.exchangeId === exchangeId) ?? null;
  }

  /** All changes of the webhook that brought `item`, in their order. */
  delivery(item: WebhookItem): readonly WebhookItem[] {
    const { deliveryId } = item.entry;
    return this.told().webhooks.filter((other) => other.entry.deliveryId === deliveryId);
  }

  togglePause(): void {
    this.paused.update((held) => (held === null ? { ...this.told(), calls: this.underWay() } : null));
  }

  /** Takes what there is out of sight; the log keeps it. */
  clear(): void {
    const items = listsOf(this.told()).flat();
    this.cleared.set(items.reduce((newest, { id }) => Math.max(newest, id), 0));
  }

  undoClear(): void {
    this.cleared.set(0);
  }

  private take(entries: readonly LogEntry[]): void {
    this.told.update((items) => withItems(items, entries, this.reader));
    this.gaps.take(entries);
  }

  /** The bridge's log has dropped these; the conversation on the screen stays whole. */
  private forgetThrough(sequence: number): void {
    const shown = this.conversationId();
    const stays = (item: InspectorItem): boolean =>
      item.id > sequence || (shown !== null && item.conversationId === shown);
    this.told.update((items) => onlyItems(items, stays));
    this.paused.update((held) => held && { ...onlyItems(held, stays), calls: held.calls });
    this.reader = LogReader.of(this.told().webhooks.map(({ entry }) => entry));
  }

  private forget(): void {
    this.told.set(NOTHING);
    this.gaps.forget();
    this.reader = new LogReader();
    this.paused.set(null);
    this.cleared.set(0);
  }
}

const isSequence = (kept: unknown): kept is number => Number.isSafeInteger(kept);
