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
import { ChatTabs } from '../conversation/chat-tabs';
import { ConsumerName } from '../conversation/consumer-name';
import { AutomaticSettings } from '../conversation/controls/automatic-settings';
import { IdleWatch } from '../conversation/controls/idle-watch';
import { ConversationList } from '../conversation/conversation-list';
import { ConversationCloser } from '../conversation/conversation-closer';
import { ConversationLog } from '../conversation/conversation-log';
import { ConversationOpener } from '../conversation/conversation-opener';
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
import { InspectorChoice } from './inspector-choice';
import { PaneSizes } from './pane-sizes';
import { StatusBar } from './status-bar';
import { WayBack } from './way-back';
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
    ...[AppNames, AppStanding, AutomaticSettings, ChatStateReporter, ChatTabs],
    ...[IdleWatch, ConsumerName, ContentUses],
    ...[ConversationCloser, ConversationLog, ConversationOpener],
    ...[ConversationStore, ConversationsStore, FileUploads, InspectorStore],
    ...[
      HistoryReader,
      InspectorChoice,
      Outbox,
      PagePresence,
      PaneSizes,
      ReceiptReporter,
      SharedClaims,
      StartOptions,
      UnreadTitle,
      WayBack,
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
  protected readonly choice = inject(InspectorChoice);
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
    inject(WayBack).start();
    inject(WorkbenchCommands).offer({
      write: (...opened) => this.write(...opened),
      focusComposer: () => this.focusComposer(),
      inspect: (tab) => this.showTab(tab),
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
    if (opened.length === 0) this.chat()?.takeDraftAlong();
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

  protected showInTimeline(key: string): void {
    this.choice.chooseMessage(key);
    this.pane.set('inspector');
  }

  openRequest(exchangeId: string): void {
    this.choice.chooseRequest(exchangeId);
    this.pane.set('inspector');
  }

  openWebhook(sequence: number): void {
    this.choice.choose({ tab: 'webhooks', item: sequence });
    this.pane.set('inspector');
  }

  private focusComposer(): void {
    this.pane.set('chat');
    this.chat()?.focusComposer();
  }

  private showTab(tab: InspectorTab): void {
    this.choice.choose({ tab, item: null });
    this.pane.set('inspector');
  }
}
