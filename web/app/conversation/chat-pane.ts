import {
  Component,
  type EffectCleanupRegisterFn,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import type { ConversationId } from '#protocol/identifiers';

import { EventLog } from '../bridge/event-log';
import { Icon } from '../ui/icon';
import { StatusChip } from '../ui/status-chip';
import { ChatStateReporter } from './chat-state-reporter';
import { ClosedStrip } from './closed-strip';
import { CloseDialog, type CloseMode } from './close-dialog';
import { ConsumerName } from './consumer-name';
import type { MessageKey } from './conversation-facts';
import { isWritable, placeOf } from './conversation-state';
import { EmojiButton } from './emoji/emoji-button';
import { ConversationLog } from './conversation-log';
import { ConversationStore } from './conversation-store';
import { ConversationTrouble } from './conversation-trouble';
import { ConversationsStore } from './conversations-store';
import { Drafts, newDraftKey } from './drafts';
import { FileButton } from './files/file-button';
import { FileDrop } from './files/file-drop';
import { RULE_WORDS } from './files/file-rules';
import { FileUploads } from './files/file-uploads';
import { UploadList } from './files/upload-list';
import { HistoryFailure } from './history/history-failure';
import { HistoryLine } from './history/history-line';
import { HistoryReader } from './history/history-reader';
import { openingMessages } from './local-messages';
import type { Message } from './message';
import { MessageCard } from './message-card/message-card';
import { MessageComposer } from './message-composer';
import { MessageList } from './message-list';
import { notLoadedWords } from './not-loaded';
import { PagePresence } from './page-presence';
import { RECEIPT_DELAY_MS, ReceiptReporter } from './receipt-reporter';
import { SeenMessages } from './seen-messages';
import { AppStanding } from './start/app-standing';
import { UnusableApp } from './start/unusable-app';
import { StartPanel } from './start-panel';
import { StreamRefused } from './stream-refused';
import { SurveyBanner } from './survey-banner';
import { firstUnreadOf, nextUnreadLine, type UnreadLine, type UnreadSituation } from './unread-line';
import { endWords, roleWords } from './words';

/** The chat: who talks, the messages, and the field to write in. */
@Component({
  selector: 'app-chat-pane',
  imports: [
    CloseDialog,
    ClosedStrip,
    ConversationTrouble,
    EmojiButton,
    FileButton,
    HistoryFailure,
    HistoryLine,
    Icon,
    MatButton,
    MatIconButton,
    MessageCard,
    MessageComposer,
    MessageList,
    StartPanel,
    StatusChip,
    StreamRefused,
    SurveyBanner,
    UnusableApp,
    UploadList,
  ],
  hostDirectives: [FileDrop],
  templateUrl: './chat-pane.html',
  styleUrl: './chat-pane.scss',
})
export class ChatPane {
  private readonly conversations = inject(ConversationsStore);
  private readonly drafts = inject(Drafts);
  private readonly events = inject(EventLog);
  private readonly log = inject(ConversationLog);
  private readonly receipts = inject(ReceiptReporter);
  private readonly seen = inject(SeenMessages);
  protected readonly presence = inject(PagePresence);
  private readonly app = inject(AppStanding);
  protected readonly history = inject(HistoryReader);
  protected readonly store = inject(ConversationStore);
  protected readonly chatStates = inject(ChatStateReporter);

  protected readonly fileDrop = inject(FileDrop);
  protected readonly uploads = inject(FileUploads);

  readonly conversationOpened = output<ConversationId>();
  readonly newConversation = output();
  readonly rawEventAsked = output();
  /** A message is to be shown in the timeline. */
  readonly timelineAsked = output<MessageKey>();
  /** Messages that what is chosen beside the chat is about. */
  readonly lit = input<ReadonlySet<string>>(new Set());

  private readonly composer = viewChild(MessageComposer);

  /** Another conversation is another set of messages. */
  private readonly onScreen = linkedSignal<unknown, ReadonlySet<MessageKey>>({
    source: this.store.id,
    computation: () => new Set(),
  });

  protected readonly unreadLine = linkedSignal<UnreadSituation, UnreadLine>({
    source: () => this.unreadSituation(),
    computation: (now, before) => nextUnreadLine(before?.value ?? null, now),
  });

  protected readonly consumerName = inject(ConsumerName).name;
  protected readonly fileRules = RULE_WORDS;
  protected readonly isNew = computed(() => this.store.id() === null);
  protected readonly appObstacle = computed(() => (this.isNew() ? this.app.obstacle() : null));
  protected readonly draftKey = computed(() => this.store.id() ?? newDraftKey(this.conversations.appKey()));
  protected readonly place = computed(() => placeOf(this.store.state()));
  protected readonly messages = computed<readonly Message[]>(() => {
    const opening = this.store.opening();
    return this.isNew() && opening !== null ? openingMessages(opening) : this.store.messages();
  });
  protected readonly heading = computed(() => {
    if (this.isNew())
      return this.store.opening() === null ? $localize`New conversation` : this.consumerName();
    if (this.store.isUnknown()) return $localize`Unknown conversation`;
    return this.store.state()?.consumerName ?? $localize`Conversation`;
  });
  protected readonly partners = computed(() => {
    const roles = this.store.state()?.participants.map(({ role }) => role) ?? [];
    // Who was in the main dialog hears nothing of the survey.
    const isSurveyed = this.store.state()?.phase === 'survey' && roles.includes('AGENT');
    const here = roles.filter((role) => (isSurveyed ? role === 'AGENT' : role !== 'READER'));
    return [...new Set(here.map(roleWords))].join(', ');
  });
  protected readonly closed = computed(() => {
    const state = this.store.state();
    if (state?.isElsewhere === true)
      return $localize`Another server opened this conversation: here it can only be read`;
    if (state?.phase === 'closed') return endWords(state.closing, state.survey);
    return this.store.closing() === 'taken' ? $localize`Closed; its notification has not come yet` : null;
  });
  protected readonly isOpen = computed(
    () => this.store.state()?.isElsewhere === false && this.closed() === null,
  );
  protected readonly canClose = computed(() => this.isOpen() && this.store.closing() === null);
  protected readonly obstacle = computed(() => {
    if (this.store.opening() !== null) return $localize`The conversation is being opened`;
    if (this.isNew() && this.consumerName().trim() === '') return $localize`Give the consumer a name first`;
    const state = this.store.state();
    if (state === null) return this.isNew() ? null : notLoadedWords(this.events);
    return isWritable(state) ? null : $localize`The main dialog is closed`;
  });

  constructor() {
    effect(() => this.receipts.setOnScreen(this.onScreen()));
    effect((onCleanup) => {
      const id = this.store.id();
      const keys = this.onScreen();
      if (id !== null && this.presence.isPresent()) this.noteSeen(id, keys, onCleanup);
    });
  }

  focusComposer(): void {
    this.composer()?.focus();
  }

  /** What was left where nothing can be written any more goes along into a new conversation. */
  takeDraftAlong(): void {
    if (this.closed() === null) return;
    this.drafts.move(this.draftKey(), newDraftKey(this.conversations.appKey()));
  }

  protected async send(text: string): Promise<void> {
    if (this.isNew()) await this.open(text);
    else await this.store.send(text);
  }

  protected close(mode: CloseMode): void {
    void this.store.close(mode);
  }

  protected noteInView(keys: ReadonlySet<MessageKey>): void {
    this.onScreen.set(keys);
  }

  protected insert(text: string): void {
    this.composer()?.insert(text);
  }

  protected fill(text: string): void {
    this.composer()?.fill(text);
  }

  private unreadSituation(): UnreadSituation {
    const conversationId = this.store.id();
    const firstUnread =
      conversationId === null
        ? null
        : firstUnreadOf(this.store.messages(), (key) => this.conversations.isRead(conversationId, key));
    const isLoaded = this.store.state() !== null && this.log.isCaughtUp();
    return { conversationId, isPresent: this.presence.isPresent(), isLoaded, firstUnread };
  }

  /** Seen is what stays, as for its READ, and not what flits past while the list finds its place. */
  private noteSeen(
    id: ConversationId,
    keys: ReadonlySet<MessageKey>,
    onCleanup: EffectCleanupRegisterFn,
  ): void {
    const timer = setTimeout(() => this.seen.note(id, keys), RECEIPT_DELAY_MS);
    onCleanup(() => clearTimeout(timer));
  }

  private async open(text: string): Promise<void> {
    const id = await this.store.open(this.consumerName().trim(), text);
    if (id !== null) this.conversationOpened.emit(id);
  }
}
