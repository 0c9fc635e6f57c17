import { Service, computed, inject, signal } from '@angular/core';

import type { LogEntry } from '#protocol/bridge-events';
import type { AppKey, ConversationId } from '#protocol/identifiers';

import { isFlowing } from '../bridge/connection';
import { EventLog } from '../bridge/event-log';
import { TabMemory } from '../bridge/tab-memory';
import { isAccountCall, namesScope } from './account-calls';
import type { InspectorItem, WebhookItem } from './inspector-item';
import { rememberedInside } from './inside-text';
import { looksInside, readFilter } from './item-filter';
import type { Items } from './kept-items';
import { LogItems } from './log-items';
import { WHOLE_LOG, spanOf } from './log-span';
import { AppMarks, otherAppsOf, type KnownApps } from './other-app';
import type { CallItem, RequestItem, WaitingCall } from './request-item';
import { shownGaps, withGapRows } from './missing-sequences';
import { READ_SCREEN_FATE } from './screen-fate';
import { withGapSteps } from './timeline/gap-steps';
import { rememberedPlans } from './timeline/plan-steps';
import { runningSteps, type Running } from './timeline/running-steps';
import { layoutTimeline } from './timeline/timeline-layout';
import type { RunningUpload } from './timeline/timeline-step';

interface Matches {
  readonly shown: number;
  readonly of: number;
}

export type ExportedList = 'timeline' | 'webhooks' | 'requests';

/** Webhooks and requests of the log, as the lists show them. Lives as long as the page that provides it. */
@Service({ autoProvided: false })
export class InspectorStore {
  private readonly log = inject(EventLog);
  private readonly memory = inject(TabMemory);
  private readonly appMarks = new AppMarks();
  private readonly plansOf = rememberedPlans(inject(READ_SCREEN_FATE));

  readonly conversationId = signal<ConversationId | null>(null);
  /** The app on the screen. */
  readonly appKey = signal<AppKey | null>(null);
  readonly appNames = signal<ReadonlyMap<AppKey, string>>(new Map());
  /** Whether other conversations' items show too. */
  readonly isEverything = this.memory.kept(
    'inspector-everything',
    false,
    (kept) => typeof kept === 'boolean',
  );
  /** Whether calls of the account stand among those of the conversation on the screen. */
  readonly isAccountShown = this.memory.kept('inspector-account', false, (kept) => typeof kept === 'boolean');
  readonly filterText = this.memory.kept('inspector-filter', '', (kept) => typeof kept === 'string');
  /** What the person has the lists picked by. */
  readonly picks = computed(() => [this.filterText(), this.isEverything(), this.isAccountShown()] as const);
  /** Files on their way, which the log does not know yet. */
  readonly uploads = signal<readonly RunningUpload[]>([]);

  private readonly items = new LogItems(this.conversationId);
  /** Sequences that did not come. */
  readonly gaps = this.items.gaps;

  /** Texts of bodies are held only while the filter looks at them. */
  private readonly inside = computed(() => (this.looksInside() ? rememberedInside() : undefined));
  private readonly looksInside = computed(() => looksInside(this.filterText()));
  private readonly filter = computed(() => readFilter(this.filterText(), this.inside()));

  readonly isPaused = computed(() => this.items.held() !== null);
  /** How many items came since the lists were paused. */
  readonly waiting = this.items.waiting;
  /** Whether the log is read to its end, so that what is not there did not happen. */
  readonly isCaughtUp = computed(() => isFlowing(this.log.connection()));
  readonly isCleared = computed(() => this.items.clearedTo() > 0);

  private readonly apps = computed<KnownApps>(() => ({
    shown: this.appKey(),
    names: this.appNames(),
    owners: this.owners(),
  }));
  private readonly owners = computed(() => this.items.all().owners);

  /** Whether nothing else decides of the account's calls: all are asked for, or there is no conversation beside them. */
  private readonly isAccountAside = computed(
    () => !this.isEverything() && this.conversationId() !== null && !namesScope(this.filterText()),
  );
  private readonly isAccountHidden = computed(() => this.isAccountAside() && !this.isAccountShown());

  /** Those that concern the conversation, calls of the account too. */
  private readonly around = computed<Omit<Items, 'owners'>>(() => {
    const items = this.items.shown();
    const clearedTo = this.items.clearedTo();
    const isShown = (item: InspectorItem): boolean => item.id > clearedTo && this.belongs(item);
    const { webhooks, requests, written } = items;
    return {
      webhooks: webhooks.filter(isShown).map((item) => this.withApp(item)),
      requests: requests.filter(isShown),
      written: written.filter(isShown),
    };
  });
  /** Those of the conversation, before the filter; their numbers stand on the tabs. */
  private readonly inScope = computed<Omit<Items, 'owners'>>(() => {
    const around = this.around();
    if (!this.isAccountHidden()) return around;
    return { ...around, requests: around.requests.filter((item) => !isAccountCall(item)) };
  });
  /** Calls of the account that the filter lets through and that can be taken out of sight, or are. */
  readonly accountCalls = computed(() =>
    this.isAccountAside() ? this.filtered(this.around().requests.filter(isAccountCall)).length : 0,
  );
  readonly webhookCount = computed(() => this.inScope().webhooks.length);
  /** Apps of the account for which the cloud delivered what concerns conversations of others. */
  readonly otherApps = computed(() => otherAppsOf(this.inScope().webhooks));
  readonly requestCount = computed(() => this.inScope().requests.length + this.waitingCalls().length);

  readonly webhooks = computed(() => this.filtered(this.inScope().webhooks));
  readonly requests = computed(() => this.filtered(this.inScope().requests));
  /** The rows of the list, with what is missing between them. */
  readonly webhookRows = computed(() => withGapRows(this.webhooks(), this.shownGaps()));
  /** The rows of the list: below the calls that ended those that still go on. */
  readonly requestRows = computed<readonly CallItem[]>(() => [...this.requests(), ...this.shownWaiting()]);
  /** What the filter of a list chooses from. */
  readonly unfiltered = computed<Record<ExportedList, readonly InspectorItem[]>>(() => {
    const { webhooks, requests, written } = this.inScope();
    return { webhooks, requests, timeline: [...written, ...requests, ...webhooks] };
  });
  /** How many of a list’s rows pass the filter, in the diagram arrows; `null` while none is in force. */
  readonly matches = computed<Record<ExportedList, Matches> | null>(() => {
    if (this.filter() === null) return null;
    const { webhooks, requests, timeline } = this.unfiltered();
    const calls = this.waitingCalls();
    return {
      webhooks: { shown: this.webhooks().length, of: webhooks.length },
      requests: { shown: this.requestRows().length, of: requests.length + calls.length },
      timeline: {
        shown: this.arrowsOf(this.filtered(timeline), {
          uploads: this.running(),
          calls: this.shownWaiting(),
        }),
        of: this.arrowsOf(timeline, { uploads: this.isPaused() ? [] : this.uploads(), calls }),
      },
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
    shownGaps(this.gaps.items(), this.items.held(), {
      clearedTo: this.items.clearedTo(),
      filter: this.filter(),
    }),
  );

  /** Those of the conversation that have no answer yet. */
  private readonly waitingCalls = computed(() => this.items.calls().filter((call) => this.concerns(call)));
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

  /** Found also when it is filtered out or cleared. */
  find(id: number): InspectorItem | WaitingCall | null {
    const found = this.items.find(id);
    return found?.kind === 'webhook' ? this.withApp(found) : found;
  }

  /** The row of an exchange by its name, wherever it is. */
  findRequest(exchangeId: string): RequestItem | null {
    return this.items.findRequest(exchangeId);
  }

  /** All changes of the webhook that brought `item`, in their order. */
  delivery(item: WebhookItem): readonly WebhookItem[] {
    return this.items.delivery(item);
  }

  /** What a list shows now, as the bridge's log has it. */
  entriesOf(list: ExportedList): readonly LogEntry[] {
    return this.filtered(this.unfiltered()[list])
      .map(({ entry }) => entry)
      .sort((one, other) => one.sequence - other.sequence);
  }

  /** The same as a document for a file. */
  exportOf(list: ExportedList): string {
    const [conversationId, filter, entries] = [
      this.conversationId(),
      this.filterText(),
      this.entriesOf(list),
    ];
    return JSON.stringify({ conversationId, list, filter, entries }, null, 2);
  }

  togglePause(): void {
    this.items.togglePause();
  }

  /** Takes what there is out of sight; the log keeps it. */
  clear(): void {
    this.items.clear();
  }

  undoClear(): void {
    this.items.undoClear();
  }

  private readonly span = computed(
    () => {
      const shown = this.conversationId();
      return shown === null ? WHOLE_LOG : spanOf(this.items.all(), shown);
    },
    // Most entries change nothing here, and nobody is to work out the lists anew for them.
    { equal: (one, other) => one.from === other.from && one.to === other.to },
  );

  private belongs(item: InspectorItem): boolean {
    if (item.conversationId !== null || this.isEverything()) return this.isOfShown(item.conversationId);
    // Tokens, the directory, refused webhooks: what belongs to no conversation concerns the one that runs.
    const { from, to } = this.span();
    return item.id >= from && item.id <= to;
  }

  /** What goes on concerns no conversation that has ended, but for its own. */
  private concerns({ conversationId }: WaitingCall): boolean {
    return conversationId === null
      ? this.isEverything() || (!this.isAccountHidden() && this.span().to === WHOLE_LOG.to)
      : this.isOfShown(conversationId);
  }

  private withApp(item: WebhookItem): WebhookItem {
    return this.appMarks.of(item, this.apps());
  }

  private arrowsOf(items: readonly InspectorItem[], running: Running): number {
    return items.reduce((sum, item) => sum + this.plansOf(item).length, runningSteps(running, 0).length);
  }

  private isOfShown(conversationId: ConversationId | null): boolean {
    return this.isEverything() || conversationId === this.conversationId();
  }

  private filtered<Item extends InspectorItem>(items: readonly Item[]): readonly Item[] {
    const filter = this.filter();
    return filter === null ? items : items.filter(filter);
  }
}
