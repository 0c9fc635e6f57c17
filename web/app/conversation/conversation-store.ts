import {
  DestroyRef,
  Service,
  computed,
  effect,
  inject,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { wordsOf } from '../bridge/failure-words';
import { Toasts } from '../ui/toasts';
import { ChatStateReporter } from './chat-state-reporter';
import { ConversationCloser } from './conversation-closer';
import { ConversationLog } from './conversation-log';
import { ConversationOpener } from './conversation-opener';
import { TYPING_LIMIT_MS, isWritable, type ConversationState } from './conversation-state';
import { ConversationsStore } from './conversations-store';
import { HistoryReader } from './history/history-reader';
import { isSettled, withLocalMessages } from './local-messages';
import type { Message } from './message';
import { newMessageId } from './message-id';
import { Outbox } from './outbox';
import { RemovedMessages } from './removed-messages';
import { reuseMessages } from './reuse-messages';

/** What was asked for and did not work, for words on the screen. */
export interface Trouble {
  readonly about: 'open' | 'close';
  readonly failure: unknown;
}

/** Typing that no entry ends, and answers that never come, are noticed by looking at the clock so often. */
const CLOCK_MS = 5_000;

/** The conversation on the screen. Lives as long as the page that provides it. */
@Service({ autoProvided: false })
export class ConversationStore {
  private readonly log = inject(ConversationLog);
  private readonly conversations = inject(ConversationsStore);
  private readonly outbox = inject(Outbox);
  private readonly removed = inject(RemovedMessages);
  private readonly chatStates = inject(ChatStateReporter);
  private readonly opener = inject(ConversationOpener);
  private readonly closer = inject(ConversationCloser);
  private readonly history = inject(HistoryReader);
  private readonly toasts = inject(Toasts);

  private readonly shown = signal<ConversationId | null>(null);
  private readonly now = signal(Date.now());
  private readonly told = signal<Trouble | null>(null);
  /** Another one for each time that something else came on the screen. */
  private visit = {};

  /** `null`: a conversation that the first message will open. */
  readonly id = this.shown.asReadonly();
  /** The first message while its conversation is being opened, until that is shown. */
  readonly opening = this.opener.opening;
  readonly trouble = this.told.asReadonly();

  /** `null` for a new conversation, and for one that does not exist. */
  readonly state = computed<ConversationState | null>(() => {
    const id = this.shown();
    return id === null ? null : this.conversations.find(id);
  });

  readonly messages = linkedSignal<readonly Message[], readonly Message[]>({
    source: () => this.allMessages(),
    computation: (next, previous) => reuseMessages(previous?.value ?? [], next),
  }).asReadonly();

  readonly typing = computed(() => {
    const typing = this.state()?.typing ?? null;
    return typing !== null && this.now() - typing.since < TYPING_LIMIT_MS ? typing : null;
  });

  /** The chat state that was told last, by whichever page. */
  readonly ownChatState = computed(() => {
    const id = this.shown();
    return id === null ? null : (this.log.facts().get(id)?.ownChatState?.chatState ?? null);
  });

  /** How far an asked-for close is; `null` when none was asked for. */
  readonly closing = computed(() => {
    const id = this.shown();
    return id === null ? null : this.closer.stageOf(id);
  });

  /** Whether the URL names a conversation that this app does not have. */
  readonly isUnknown = computed(
    () =>
      this.shown() !== null &&
      this.state() === null &&
      this.conversations.loading().kind === 'ready' &&
      this.log.isCaughtUp() &&
      this.history.reading()?.kind === 'empty',
  );

  constructor() {
    const clock = setInterval(() => this.now.set(Date.now()), CLOCK_MS);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(clock);
      this.visit = {};
    });
    effect(() => {
      const messages = this.state()?.messages ?? [];
      untracked(() => this.outbox.forget((local) => isSettled(local, messages)));
    });
    effect(() => {
      const state = this.state();
      const isOpen = state?.phase === 'open' && isWritable(state) && this.closing() === null;
      const target = isOpen ? { conversationId: state.id, dialogId: state.dialog.dialogId } : null;
      untracked(() => this.chatStates.reportTo(target));
    });
    this.resumeChatState();
  }

  /** Puts a conversation on the screen; `null` starts a new one. */
  show(id: ConversationId | null): void {
    if (id === this.shown()) return;
    this.chatStates.pauseNow();
    this.told.set(null);
    this.visit = {};
    this.opener.leave(id);
    this.shown.set(id);
    this.log.spare(id);
    this.history.show(id);
    this.now.set(Date.now());
  }

  /** Sends into the conversation on the screen; the message shows at once and tells itself of a failure. */
  async send(text: string): Promise<void> {
    const state = this.state();
    if (state === null) return;
    this.chatStates.pauseNow();
    const message = {
      clientMessageId: newMessageId(),
      conversationId: state.id,
      dialogId: state.dialog.dialogId,
      text,
      at: Date.now(),
    };
    // The agent must not see somebody type who has written already.
    await this.outbox.send(message, this.chatStates.settled());
  }

  /** Tries a failed message once more; it is still the same message, so it cannot arrive twice. */
  async retry(message: Message): Promise<void> {
    const id = this.shown();
    if (id !== null) await this.outbox.retry(id, message);
  }

  /** Takes a message out of the chat that was surely not sent; does nothing with any other. */
  remove({ id, delivery }: Message): void {
    if (delivery?.isRemovable !== true) return;
    this.removed.add(id);
    this.outbox.forget(({ clientMessageId }) => clientMessageId === id);
  }

  /** Sends once more what nobody knows the fate of: as another message, so it may arrive twice. */
  async sendAsNew({ dialogId, content, metadata, delivery }: Message): Promise<void> {
    const conversationId = this.shown();
    const replaces = delivery?.clientMessageId ?? null;
    if (conversationId === null || replaces === null) return;
    const written = { clientMessageId: newMessageId(), at: Date.now() };
    await this.outbox.publish({ ...written, conversationId, dialogId, content, metadata, replaces });
  }

  /**
   * Opens a conversation with its first message. `null` when that failed, and `trouble` says why, or when something else
   * is on the screen by then.
   */
  async open(consumerName: string, text: string): Promise<ConversationId | null> {
    const { visit } = this;
    this.told.set(null);
    try {
      return await this.opener.open(consumerName, text);
    } catch (failure) {
      if (visit === this.visit) this.told.set({ about: 'open', failure });
      else this.tellOfLeft(failure);
      return null;
    }
  }

  /** Closes it for good, or its main dialog so that a survey follows; `trouble` says why that failed. */
  async close(mode: 'close' | 'survey'): Promise<void> {
    const id = this.shown();
    if (id === null || this.closing() !== null) return;
    this.told.set(null);
    this.chatStates.pauseNow();
    try {
      await this.closer.close(id, mode);
    } catch (failure) {
      if (this.shown() === id) this.told.set({ about: 'close', failure });
    }
  }

  /** The screen shows nothing of it any longer. */
  private tellOfLeft(failure: unknown): void {
    const { title, next } = wordsOf(failure);
    const detail = $localize`It is a draft again, in a new conversation. ${next}`;
    this.toasts.error($localize`The first message was not sent: ${title}`, detail);
  }

  private allMessages(): readonly Message[] {
    const id = this.shown();
    const locals = this.outbox.messages().filter((local) => local.conversationId === id);
    // While the log is still coming in, nothing counts as missing.
    const now = this.log.isCaughtUp() ? this.now() : 0;
    return this.removed.shownOf(withLocalMessages(this.state()?.messages ?? [], locals, now));
  }

  /** After a reload the agent still sees what the page before told last. */
  private resumeChatState(): void {
    let resumed: ConversationId | null = null;
    effect(() => {
      const id = this.shown();
      const facts = id === null ? undefined : this.log.facts().get(id);
      if (!this.log.isCaughtUp() || facts === undefined || id === resumed) return;
      resumed = id;
      untracked(() => this.chatStates.resumeFrom(facts.ownChatState?.chatState ?? null));
    });
  }
}
