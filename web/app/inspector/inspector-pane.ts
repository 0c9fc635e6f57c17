import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  DestroyRef,
  ElementRef,
  type TemplateRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BROWSER_STORAGE } from '../bridge/browser-storage';
import { Divider } from '../ui/divider';
import { Shortcuts } from '../ui/shortcuts';
import { TabBar, type Tab } from '../ui/tab-bar';
import { VirtualList, type ListItem } from '../ui/virtual-list';
import { GapRow } from './gap-row';
import type { InspectorItem } from './inspector-item';
import { InspectorStore, type ExportedList } from './inspector-store';
import { InspectorTools } from './inspector-tools';
import type { KnownSequence } from './missing-sequences';
import { scopeWords } from './item-scope';
import { ListEmpty, type Emptiness } from './list-empty';
import { RequestHeads, WebhookHeads } from './list-heads';
import { RequestDetail } from './request-detail';
import { RequestRow } from './request-row';
import type { PublishedEvent } from './published-event';
import { Timeline } from './timeline/timeline';
import type { RunningUpload } from './timeline/timeline-step';
import { WebhookDetail } from './webhook-detail';
import { WebhookRow } from './webhook-row';
import { WrittenDetail } from './written-detail';

export const INSPECTOR_TABS = ['timeline', 'webhooks', 'requests', 'state'] as const;

export type InspectorTab = (typeof INSPECTOR_TABS)[number];

const LIST_OF = {
  webhook: 'webhooks',
  request: 'requests',
  waiting: 'requests',
  written: 'timeline',
} as const;

/** Up to this width of the pane a row has two lines, as `item-row.scss` has it. */
const NARROW_PX = 520;

/** What decides anew whether the list stays at its newest. */
interface FollowSource {
  readonly list: string;
  readonly isChosen: boolean;
}

const DETAIL_SIZE = 'inspector-detail-size';

/** Beside the chat: what left for the cloud and what came back, and the whole of what is selected. */
@Component({
  selector: 'app-inspector-pane',
  imports: [
    ...[
      Divider,
      GapRow,
      InspectorTools,
      ListEmpty,
      NgTemplateOutlet,
      RequestDetail,
      RequestHeads,
      RequestRow,
    ],
    ...[TabBar, Timeline, VirtualList, WebhookDetail, WebhookHeads, WebhookRow, WrittenDetail],
  ],
  templateUrl: './inspector-pane.html',
  styleUrl: './inspector-pane.scss',
})
export class InspectorPane {
  private readonly storage = inject(BROWSER_STORAGE);
  protected readonly store = inject(InspectorStore);

  readonly conversationId = input<ConversationId | null>(null);
  readonly tab = input<InspectorTab>('timeline');
  /** What the tab “State” shows; it is the conversation's, not the inspector's. */
  readonly statePanel = input<TemplateRef<unknown> | null>(null);
  /** Whether the URL names a conversation that there is not. */
  readonly isMissing = input(false);
  /** Files that are on their way now. */
  readonly uploads = input<readonly RunningUpload[]>([]);
  /** What the cloud’s history has of the conversation. */
  readonly recorded = input<readonly KnownSequence[]>([]);
  readonly tabChange = output<InspectorTab>();
  /** Log sequence of the selected item. */
  readonly item = model<number | null>(null);
  /** The person wants to send an event once more, changed or not. */
  readonly sendAgain = output<PublishedEvent>();

  protected readonly tools = viewChild(InspectorTools);
  private readonly request = viewChild(RequestDetail);
  private readonly webhook = viewChild(WebhookDetail);
  private readonly list = viewChild<VirtualList<ListItem>>(VirtualList);
  private readonly diagram = viewChild(Timeline);

  protected readonly tabs = computed<readonly Tab[]>(() => [
    { id: 'timeline', label: $localize`Timeline` },
    { id: 'webhooks', label: $localize`Webhooks`, count: this.store.webhookCount() },
    { id: 'requests', label: $localize`Requests`, count: this.store.requestCount() },
    { id: 'state', label: $localize`State` },
  ]);
  protected readonly selected = computed(() => {
    const id = this.item();
    return id === null ? null : this.store.find(id);
  });
  /** A selected item shows in the timeline or in its own list. */
  protected readonly shownTab = computed<InspectorTab>(() => {
    const tab = this.tab();
    const kind = this.selected()?.kind;
    if (kind === undefined || tab === 'timeline' || tab === 'state') return tab;
    return LIST_OF[kind];
  });
  protected readonly isList = computed(() => this.shownTab() !== 'state');
  protected readonly shownSelection = computed(() => (this.isList() ? this.selected() : null));
  protected readonly isWebhooks = computed(() => this.shownTab() === 'webhooks');
  /** The rows of the tab. */
  protected readonly rows = computed<readonly { readonly id: number }[]>(() => {
    switch (this.shownTab()) {
      case 'timeline':
        return this.store.timeline();
      case 'requests':
        return this.store.requestRows();
      default:
        return this.store.webhookRows();
    }
  });
  protected readonly count = computed(() => this.rows().length);
  /** The items of the tab, for a file. */
  protected readonly exported = computed<ExportedList>(() =>
    this.shownTab() === 'timeline' ? 'timeline' : this.isWebhooks() ? 'webhooks' : 'requests',
  );
  /** Why the list is empty, when it is. */
  protected readonly emptiness = computed<Emptiness | null>(() => {
    if (this.count() > 0) return null;
    if (this.store.filterText() !== '') return 'filtered';
    if (this.store.isCleared()) return 'cleared';
    if (this.isMissing()) return 'no-conversation';
    return this.store.isCaughtUp() ? 'nothing' : 'reading';
  });
  protected readonly detailSize = signal(Number(this.storage.get(DETAIL_SIZE) ?? 320));
  private readonly width = signal(Number.MAX_SAFE_INTEGER);
  protected readonly rowHeight = computed(() => (this.width() <= NARROW_PX ? 54 : 34));
  /** Scrolling away ends it, and so does a selection; each tab of each conversation begins at its newest. */
  protected readonly isFollowing = linkedSignal<FollowSource, boolean>({
    source: () => ({ list: `${this.shownTab()} ${this.conversationId()}`, isChosen: this.item() !== null }),
    computation: ({ list, isChosen }, before) => !isChosen && (before?.source.list !== list || before.value),
  });

  constructor() {
    this.registerKeys();
    this.measure(inject<ElementRef<HTMLElement>>(ElementRef).nativeElement);
    // A call that waited has its answer: what is open is what became of it.
    effect(() => this.item.set(this.selected()?.id ?? this.item()));
    effect(() => this.store.conversationId.set(this.conversationId()));
    effect(() => this.store.gaps.known.set(this.recorded()));
    effect(() => this.store.uploads.set(this.uploads()));
    effect(() => this.storage.set(DETAIL_SIZE, String(this.detailSize())));
  }

  protected choose(tab: string): void {
    const chosen = INSPECTOR_TABS.find((known) => known === tab);
    if (chosen !== undefined && chosen !== this.shownTab()) this.tabChange.emit(chosen);
  }

  protected scopeOf({ conversationId }: Pick<InspectorItem, 'conversationId'>): string | null {
    return scopeWords(conversationId, this.conversationId());
  }

  protected toggleFollowing(): void {
    if (this.isFollowing()) this.isFollowing.set(false);
    else this.followAgain();
  }

  private followAgain(): void {
    this.item.set(null);
    this.isFollowing.set(true);
  }

  private measure(host: HTMLElement): void {
    const observer = new ResizeObserver(([entry]) => this.width.set(entry?.contentRect.width ?? 0));
    observer.observe(host);
    inject(DestroyRef).onDestroy(() => observer.disconnect());
  }

  private registerKeys(): void {
    const key = (name: string, words: string, run: () => void) => ({
      key: name,
      words,
      group: $localize`Inspector`,
      run,
    });
    const stop = inject(Shortcuts).register(
      key('/', $localize`Filter the list`, () => this.tools()?.focusFilter()),
      key('j', $localize`Next row`, () => this.move(1)),
      key('k', $localize`Previous row`, () => this.move(-1)),
      key('f', $localize`Follow the newest`, () => this.followAgain()),
      key('c', $localize`Copy the chosen request or webhook as cURL`, () =>
        (this.request() ?? this.webhook())?.copyAsCurl(),
      ),
      key('r', $localize`Send the event of the chosen request again`, () => this.request()?.askAgain()),
    );
    inject(DestroyRef).onDestroy(stop);
  }

  private move(by: number): void {
    (this.diagram() ?? this.list())?.move(by);
  }

  protected deselect(): void {
    this.item.set(null);
  }
}
