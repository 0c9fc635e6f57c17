import {
  Component,
  computed,
  effect,
  forwardRef,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';

import { asAppKey, asConversationId, type ConversationId } from '#protocol/identifiers';

import { AppNames } from '../bridge/app-names';
import { ChatPane } from '../conversation/chat-pane';
import { ChatStateReporter } from '../conversation/chat-state-reporter';
import { ConsumerName } from '../conversation/consumer-name';
import { AutomaticSettings } from '../conversation/controls/automatic-settings';
import { IdleWatch } from '../conversation/controls/idle-watch';
import { ConversationList } from '../conversation/conversation-list';
import { ConversationLog } from '../conversation/conversation-log';
import { ConversationStore } from '../conversation/conversation-store';
import { ConversationsStore } from '../conversation/conversations-store';
import { FileUploads } from '../conversation/files/file-uploads';
import { HistoryReader } from '../conversation/history/history-reader';
import { readScreenFate } from '../conversation/screen-fate';
import { Outbox } from '../conversation/outbox';
import { PagePresence } from '../conversation/page-presence';
import { ReceiptReporter } from '../conversation/receipt-reporter';
import { SharedClaims } from '../conversation/shared-claims';
import { UnreadTitle } from '../conversation/unread-title';
import { AppStanding } from '../conversation/start/app-standing';
import { StartOptions } from '../conversation/start/start-options';
import { UnusableApp } from '../conversation/start/unusable-app';
import { ContentUses } from '../conversation/structured/content-uses';
import { RawEventDialog } from '../conversation/raw-event/raw-event-dialog';
import { StatePanel } from '../conversation/state/state-panel';
import { INSPECTOR_TABS, InspectorPane, type InspectorTab } from '../inspector/inspector-pane';
import { InspectorStore } from '../inspector/inspector-store';
import { READ_SCREEN_FATE } from '../inspector/screen-fate';
import { chosenKeys } from '../inspector/timeline/timeline-layout';
import { Divider } from '../ui/divider';
import { REQUEST_OPENER, type RequestOpener } from '../ui/request-opener';
import { PaneSizes } from './pane-sizes';
import { StatusBar } from './status-bar';
import { WorkbenchCommands } from './workbench-commands';

/** Which pane a narrow screen shows. */
type Pane = 'list' | 'chat' | 'inspector';

/** Chat and inspector side by side; one after the other on a narrow screen. */
@Component({
  selector: 'app-workbench-page',
  imports: [
    ChatPane,
    ConversationList,
    Divider,
    InspectorPane,
    RawEventDialog,
    StatePanel,
    StatusBar,
    UnusableApp,
  ],
  providers: [
    ...[AppNames, AppStanding, AutomaticSettings, ChatStateReporter],
    ...[IdleWatch, ConsumerName, ContentUses, ConversationLog],
    ...[ConversationStore, ConversationsStore, FileUploads, InspectorStore],
    ...[
      HistoryReader,
      Outbox,
      PagePresence,
      PaneSizes,
      ReceiptReporter,
      SharedClaims,
      StartOptions,
      UnreadTitle,
      WorkbenchCommands,
      { provide: READ_SCREEN_FATE, useValue: readScreenFate },
      { provide: REQUEST_OPENER, useExisting: forwardRef(() => WorkbenchPage) },
    ],
  ],
  templateUrl: './workbench-page.html',
  styleUrl: './workbench-page.scss',
})
export class WorkbenchPage implements RequestOpener {
  private readonly router = inject(Router);
  private readonly conversations = inject(ConversationsStore);
  protected readonly conversation = inject(ConversationStore);
  private readonly standing = inject(AppStanding);
  private readonly receipts = inject(ReceiptReporter);
  protected readonly inspector = inject(InspectorStore);
  private readonly appNames = inject(AppNames);
  protected readonly uploads = inject(FileUploads);
  private readonly unreadTitle = inject(UnreadTitle);
  protected readonly sizes = inject(PaneSizes);

  /** From the route. */
  readonly appKey = input.required<string>();
  readonly conversationId = input<string>();
  /** From the query. */
  readonly tab = input<string>();
  readonly item = input<string>();

  private readonly chat = viewChild(ChatPane);

  /** Whether nothing is here at all; of an app that was uninstalled the conversations can still be read. */
  protected readonly isNowhere = computed(
    () =>
      this.standing.obstacle() === 'unknown' &&
      this.conversations.loading().kind !== 'loading' &&
      this.conversations.summaries().length === 0,
  );
  protected readonly pane = signal<Pane>('chat');
  protected readonly panes: readonly { readonly id: Pane; readonly label: string }[] = [
    { id: 'list', label: $localize`Conversations` },
    { id: 'chat', label: $localize`Chat` },
    { id: 'inspector', label: $localize`Inspector` },
  ];
  protected readonly id = computed(() => {
    const id = this.conversationId();
    return id === undefined ? null : asConversationId(id);
  });
  /** Messages that are known, from the history too. */
  protected readonly recorded = computed(() => {
    const id = this.id();
    const messages = id === null ? undefined : this.conversations.factsFor(id)?.messages;
    return messages === undefined ? [] : [...messages.values()];
  });
  protected readonly inspectorTab = computed<InspectorTab>(
    () => INSPECTOR_TABS.find((tab) => tab === this.tab()) ?? 'timeline',
  );
  protected readonly selectedItem = computed(() => {
    const sequence = Number(this.item());
    return this.item() !== undefined && Number.isSafeInteger(sequence) ? sequence : null;
  });

  /** Messages in the chat that the selected item is about. */
  protected readonly lit = computed<ReadonlySet<string>>(() => {
    const item = this.selectedItem();
    return new Set(item === null ? [] : chosenKeys(this.inspector.timeline(), item));
  });

  constructor() {
    this.unreadTitle.start();
    inject(WorkbenchCommands).offer({
      write: (...opened) => this.write(...opened),
      focusComposer: () => this.focusComposer(),
      inspect: (tab) => this.inspect(tab, null),
    });
    effect(() => {
      const appKey = asAppKey(this.appKey());
      untracked(() => {
        this.receipts.reportFor(appKey);
        this.inspector.appKey.set(appKey);
        void this.conversations.show(appKey);
      });
    });
    effect(() => {
      const id = this.id();
      untracked(() => this.conversation.show(id));
    });
    effect(() => {
      const apps = this.inspector.otherApps();
      untracked(() => void this.appNames.learn(apps));
    });
    effect(() => this.inspector.appNames.set(this.appNames.names()));
  }

  /** @param opened None: a new conversation. */
  protected async write(...opened: readonly ConversationId[]): Promise<void> {
    await this.router.navigate(['/apps', this.appKey(), 'chat', ...opened], {
      queryParams: { item: null },
      queryParamsHandling: 'merge',
    });
    this.focusComposer();
  }

  protected showOpened(id: ConversationId): void {
    // Back leads to where one was before, not to an empty field.
    void this.router.navigate(['/apps', this.appKey(), 'chat', id], {
      replaceUrl: true,
      queryParamsHandling: 'merge',
    });
  }

  protected chooseTab(tab: InspectorTab): void {
    this.changeQuery({ tab, item: null });
  }

  protected chooseItem(item: number | null): void {
    this.changeQuery({ item });
  }

  /** Shows how a message came about: its webhook, or the call that carried it while there is none. */
  protected showInTimeline(key: string): void {
    const steps = this.inspector.timeline().filter((step) => step.keys.includes(key));
    const step = steps.find(({ tone }) => tone === 'webhook') ?? steps[0];
    this.inspect('timeline', step?.itemId ?? null);
  }

  /** What the cloud was asked and what it answered; the list as a whole while its entry has not come. */
  openRequest(exchangeId: string): void {
    this.inspect('requests', this.inspector.findRequest(exchangeId)?.id ?? null);
  }

  private focusComposer(): void {
    this.pane.set('chat');
    this.chat()?.focusComposer();
  }

  private inspect(tab: InspectorTab, item: number | null): void {
    this.changeQuery({ tab, item });
    this.pane.set('inspector');
  }

  private changeQuery(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }
}
