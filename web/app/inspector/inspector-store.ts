import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

import type { AppKey, ConversationId } from '#protocol/identifiers';

import { isFlowing } from '../bridge/connection';
import { EventLog } from '../bridge/event-log';
import { ArrivalBook } from './arrival-book';
import type { InspectorItem, WebhookItem } from './inspector-item';
import { readFilter } from './item-filter';
import { NOTHING, beginningOf, countOf, listsOf, onlyItems, withItems, type Items } from './kept-items';
import { AppMarks, otherAppsOf, type KnownApps } from './other-app';
import { PacedEntries } from './paced-entries';
import { waitingCall, type RequestItem, type WaitingCall } from './request-item';
import { shownGaps, withGapRows } from './missing-sequences';
import { READ_SCREEN_FATE } from './screen-fate';
import { SequenceGaps } from './sequence-gaps';
import { withGapSteps } from './timeline/gap-steps';
import { rememberedPlans } from './timeline/plan-steps';
import { layoutTimeline } from './timeline/timeline-layout';
import type { RunningUpload } from './timeline/timeline-step';

/** The same one, so that nobody works anything out anew. */
const NO_CALLS: readonly WaitingCall[] = [];

interface Matches {
  readonly shown: number;
  readonly of: number;
}

export type ExportedList = 'timeline' | 'webhooks' | 'requests';

/** Webhooks and requests of the log, as the lists show them. Lives as long as the page that provides it. */
@Service({ autoProvided: false })
export class InspectorStore {
  private readonly log = inject(EventLog);
  private readonly all = signal(NOTHING);
  private arrivals = new ArrivalBook();
  private readonly appMarks = new AppMarks();
  private readonly plansOf = rememberedPlans(inject(READ_SCREEN_FATE));
  /** What was there when the lists were paused; `null` while they run. */
  private readonly held = signal<Items | null>(null);
  /** Entries up to this one are out of sight. */
  private readonly clearedTo = signal(0);

  readonly conversationId = signal<ConversationId | null>(null);
  /** The app on the screen. */
  readonly appKey = signal<AppKey | null>(null);
  readonly appNames = signal<ReadonlyMap<AppKey, string>>(new Map());
  /** Whether other conversations' items show too. */
  readonly isEverything = signal(false);
  readonly filterText = signal('');
  /** Files on their way, which the log does not know yet. */
  readonly uploads = signal<readonly RunningUpload[]>([]);

  /** Sequences that did not come. */
  readonly gaps = new SequenceGaps(this.conversationId);

  private readonly filter = computed(() => readFilter(this.filterText()));

  readonly isPaused = computed(() => this.held() !== null);
  /** How many items came since the lists were paused. */
  readonly waiting = computed(() => {
    const held = this.held();
    return held === null ? 0 : countOf(this.all()) - countOf(held);
  });
  /** Whether the log is read to its end, so that what is not there did not happen. */
  readonly isCaughtUp = computed(() => isFlowing(this.log.connection()));
  readonly isCleared = computed(() => this.clearedTo() > 0);

  private readonly apps = computed<KnownApps>(() => ({
    shown: this.appKey(),
    names: this.appNames(),
    owners: this.owners(),
  }));
  private readonly owners = computed(() => this.all().owners);

  /** Those of the conversation, before the filter; their numbers stand on the tabs. */
  private readonly inScope = computed<Omit<Items, 'owners'>>(() => {
    const items = this.held() ?? this.all();
    const clearedTo = this.clearedTo();
    const isShown = (item: InspectorItem): boolean => item.id > clearedTo && this.belongs(item);
    const { webhooks, requests, written } = items;
    return {
      webhooks: webhooks.filter(isShown).map((item) => this.withApp(item)),
      requests: requests.filter(isShown),
      written: written.filter(isShown),
    };
  });
  readonly webhookCount = computed(() => this.inScope().webhooks.length);
  /** Apps of the account for which the cloud delivered what concerns conversations of others. */
  readonly otherApps = computed(() => otherAppsOf(this.inScope().webhooks));
  readonly requestCount = computed(() => this.inScope().requests.length + this.waitingCalls().length);

  readonly webhooks = computed(() => this.filtered(this.inScope().webhooks));
  readonly requests = computed(() => this.filtered(this.inScope().requests));
  /** The rows of the list, with what is missing between them. */
  readonly webhookRows = computed(() => withGapRows(this.webhooks(), this.shownGaps()));
  /** The rows of the list: below the calls that ended those that still go on. */
  readonly requestRows = computed<readonly (RequestItem | WaitingCall)[]>(() => [
    ...this.requests(),
    ...this.shownWaiting(),
  ]);
  /** What the filter of a list chooses from. */
  readonly unfiltered = computed<Record<ExportedList, readonly InspectorItem[]>>(() => {
    const { webhooks, requests, written } = this.inScope();
    return { webhooks, requests, timeline: [...written, ...requests, ...webhooks] };
  });
  /** How many of a list’s items pass the filter; `null` while none is in force. */
  readonly matches = computed<Record<ExportedList, Matches> | null>(() => {
    if (this.filter() === null) return null;
    const { webhooks, requests, timeline } = this.unfiltered();
    const [waiting, all] = [this.shownWaiting().length, this.waitingCalls().length];
    const shown = this.filtered(timeline).length + waiting;
    return {
      webhooks: { shown: this.webhooks().length, of: webhooks.length },
      requests: { shown: this.requestRows().length, of: requests.length + all },
      timeline: { shown, of: timeline.length + all },
    };
  });
  /** The sequence diagram; worked out only while somebody looks at it. */
  private readonly drawn = computed(() =>
    layoutTimeline(this.filtered(this.unfiltered().timeline), this.plansOf, {
      uploads: this.running(),
      calls: this.shownWaiting(),
    }),
  );
  readonly timeline = computed(() => withGapSteps(this.drawn(), this.shownGaps()));

  /** While the lists are paused, of those that would be among them. */
  private readonly shownGaps = computed(() =>
    shownGaps(this.gaps.items(), this.held(), { clearedTo: this.clearedTo(), filter: this.filter() }),
  );

  /** Those of the conversation that have no answer yet; a call whose exchange is here has ended, whatever was told before. */
  private readonly waitingCalls = computed<readonly WaitingCall[]>(() => {
    const calls = this.isPaused() ? [] : this.log.underWay();
    if (calls.length === 0) return NO_CALLS;
    const ended = new Set(this.all().requests.map(({ entry }) => entry.exchangeId));
    return calls
      .filter(({ exchangeId }) => !ended.has(exchangeId))
      .map((call, index) => waitingCall(call, -1 - index))
      .filter(({ conversationId }) => conversationId === null || this.isOfShown(conversationId));
  });
  private readonly shownWaiting = computed(() => {
    const filter = this.filter();
    return filter === null ? this.waitingCalls() : this.waitingCalls().filter(filter);
  });

  private readonly running = computed(() => {
    const filter = this.filter();
    const isShown = ({ name }: RunningUpload): boolean =>
      filter === null || filter({ fields: { summary: name.toLowerCase(), role: 'consumer' } });
    return this.isPaused() ? [] : this.uploads().filter(isShown);
  });

  constructor() {
    const paced = new PacedEntries((entries) => {
      this.all.update((items) => withItems(items, entries, this.arrivals));
      this.gaps.take(entries);
    });
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

  /** Found also when it is filtered out or cleared. */
  find(id: number): InspectorItem | null {
    const found = listsOf(this.all()).flatMap((list) => list.find((item) => item.id === id) ?? [])[0] ?? null;
    return found?.kind === 'webhook' ? this.withApp(found) : found;
  }

  /** The row of an exchange by its name, wherever it is. */
  findRequest(exchangeId: string): RequestItem | null {
    return this.all().requests.find(({ entry }) => entry.exchangeId === exchangeId) ?? null;
  }

  /** All changes of the webhook that brought `item`, in their order. */
  delivery(item: WebhookItem): readonly WebhookItem[] {
    const { deliveryId } = item.entry;
    return this.all().webhooks.filter((other) => other.entry.deliveryId === deliveryId);
  }

  /** What a list shows now, as the bridge's log has it: a document for a file. */
  exportOf(list: ExportedList): string {
    const entries = this.filtered(this.unfiltered()[list])
      .map(({ entry }) => entry)
      .sort((one, other) => one.sequence - other.sequence);
    const filter = this.filterText();
    return JSON.stringify({ conversationId: this.conversationId(), list, filter, entries }, null, 2);
  }

  togglePause(): void {
    this.held.update((held) => (held === null ? this.all() : null));
  }

  /** Takes what there is out of sight; the log keeps it. */
  clear(): void {
    const items = listsOf(this.all()).flat();
    this.clearedTo.set(items.reduce((newest, { id }) => Math.max(newest, id), 0));
  }

  undoClear(): void {
    this.clearedTo.set(0);
  }

  private readonly beginning = computed(() => {
    const shown = this.conversationId();
    return shown === null ? 0 : beginningOf(this.all(), shown);
  });

  private belongs({ id, conversationId }: InspectorItem): boolean {
    // Tokens, the directory, refused webhooks: what belongs to no conversation concerns the one that runs.
    return conversationId === null
      ? this.isEverything() || id >= this.beginning()
      : this.isOfShown(conversationId);
  }

  private withApp(item: WebhookItem): WebhookItem {
    return this.appMarks.of(item, this.apps());
  }

  private isOfShown(conversationId: ConversationId): boolean {
    return this.isEverything() || conversationId === this.conversationId();
  }

  private filtered<Item extends InspectorItem>(items: readonly Item[]): readonly Item[] {
    const filter = this.filter();
    return filter === null ? items : items.filter(filter);
  }

  /** The bridge's log has dropped these; the conversation on the screen stays whole. */
  private forgetThrough(sequence: number): void {
    const shown = this.conversationId();
    const stays = (item: InspectorItem): boolean =>
      item.id > sequence || (shown !== null && item.conversationId === shown);
    this.all.update((items) => onlyItems(items, stays));
    this.held.update((items) => items && onlyItems(items, stays));
    this.arrivals = ArrivalBook.of(this.all().webhooks.map(({ entry }) => entry));
  }

  private forget(): void {
    this.all.set(NOTHING);
    this.gaps.forget();
    this.arrivals = new ArrivalBook();
    this.held.set(null);
    this.clearedTo.set(0);
  }
}
