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

import { asDialogId, type ConversationId } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';
import { ChatStateReporter } from './chat-state-reporter';
import { ConversationLog } from './conversation-log';
import { TYPING_LIMIT_MS, isWritable, type ConversationState } from './conversation-state';
import { ConversationsStore } from './conversations-store';
import { HistoryReader } from './history/history-reader';
import { isSettled, withLocalMessages } from './local-messages';
import type { Message } from './message';
import { newMessageId } from './message-id';
import { Outbox } from './outbox';
import { reuseMessages } from './reuse-messages';
import { StartOptions } from './start/start-options';

/** A first message whose conversation is being opened. */
export interface Opening {
  readonly clientMessageId: string;
  readonly text: string;
  readonly at: number;
}

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
  private readonly bridge = inject(BridgeClient);
  private readonly log = inject(ConversationLog);
  private readonly conversations = inject(ConversationsStore);
  private readonly outbox = inject(Outbox);
  private readonly chatStates = inject(ChatStateReporter);
  private readonly startOptions = inject(StartOptions);
  private readonly history = inject(HistoryReader);

  private readonly shown = signal<ConversationId | null>(null);
  private readonly now = signal(Date.now());
  private readonly underWay = signal<Opening | null>(null);
  private readonly closeAsked = signal<ReadonlyMap<ConversationId, 'asked' | 'taken'>>(new Map());
  private readonly told = signal<Trouble | null>(null);

  /** `null`: a conversation that the first message will open. */
  readonly id = this.shown.asReadonly();
  readonly opening = this.underWay.asReadonly();
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
  readonly closing = computed(() => this.closeAsked().get(this.shown() ?? ('' as ConversationId)) ?? null);

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
    inject(DestroyRef).onDestroy(() => clearInterval(clock));
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
    // Until then it stands for its conversation, so that nothing flickers on the way there.
    this.underWay.set(null);
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

  /** Sends once more what nobody knows the fate of: as another message, so it may arrive twice. */
  async sendAsNew({ dialogId, content, metadata, delivery }: Message): Promise<void> {
    const conversationId = this.shown();
    const replaces = delivery?.clientMessageId ?? null;
    if (conversationId === null || replaces === null) return;
    const written = { clientMessageId: newMessageId(), at: Date.now() };
    await this.outbox.publish({ ...written, conversationId, dialogId, content, metadata, replaces });
  }

  /** Opens a conversation with its first message; `null` when that failed, and `trouble` says why. */
  async open(consumerName: string, text: string): Promise<ConversationId | null> {
    const appKey = this.conversations.appKey();
    if (appKey === null || this.underWay() !== null) return null;
    const opening = { clientMessageId: newMessageId(), text, at: Date.now() };
    this.underWay.set(opening);
    this.told.set(null);
    try {
      const externalId = this.startOptions.externalId();
      const consumer = { name: consumerName, ...(externalId !== '' && { externalId }) };
      const options = this.startOptions.options();
      const view = await this.bridge.openConversation({ appKey, consumer, options });
      const { conversationId } = view;
      this.startOptions.externalId.set('');
      this.conversations.add(view);
      this.history.skip(conversationId);
      void this.outbox.send({ ...opening, conversationId, dialogId: asDialogId(conversationId) });
      return conversationId;
    } catch (failure) {
      this.told.set({ about: 'open', failure });
      this.underWay.set(null);
      return null;
    }
  }

  async close(mode: 'close' | 'survey'): Promise<void> {
    const id = this.shown();
    if (id === null || this.closing() !== null) return;
    this.told.set(null);
    this.chatStates.pauseNow();
    this.closeAsked.update((asked) => new Map(asked).set(id, 'asked'));
    try {
      await this.bridge.closeConversation(id, { mode });
      // A close with survey leaves the conversation open: the next notification tells in which state.
      this.closeAsked.update((asked) =>
        mode === 'close' ? new Map(asked).set(id, 'taken') : without(asked, id),
      );
    } catch (failure) {
      this.closeAsked.update((asked) => without(asked, id));
      if (this.shown() === id) this.told.set({ about: 'close', failure });
    }
  }

  dismissTrouble(): void {
    this.told.set(null);
  }

  private allMessages(): readonly Message[] {
    const id = this.shown();
    const locals = this.outbox.messages().filter((local) => local.conversationId === id);
    // While the log is still coming in, nothing counts as missing.
    const now = this.log.isCaughtUp() ? this.now() : 0;
    return withLocalMessages(this.state()?.messages ?? [], locals, now);
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

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return new Map([...map].filter(([other]) => other !== key));
}
