import { DOCUMENT, DestroyRef, Service, inject } from '@angular/core';

import type { ChatState } from '#protocol/connector/events';
import type { ConversationId } from '#protocol/identifiers';

import { newMessageId } from './message-id';

/** How long a tab may take to answer a roll call; also how long a consumer may take from one tab to the next. */
export const ROLL_CALL_MS = 300;

/** What a tab shows of a conversation that takes chat states, as it tells the others. */
interface TabView {
  readonly conversationId: ConversationId | null;
  /** Whether the person looks at it. */
  readonly isPresent: boolean;
}

/** A chat state that a tab has told. */
export interface ToldState {
  readonly conversationId: ConversationId;
  readonly chatState: ChatState;
  /** `false`: said by hand. */
  readonly isAutomatic: boolean;
}

type Said =
  | { readonly kind: 'asked' }
  | { readonly kind: 'here'; readonly from: string; readonly view: TabView }
  | { readonly kind: 'left'; readonly from: string }
  | ({ readonly kind: 'told' } & ToldState);

/** Who wants to hear of the other tabs. */
export interface ChatTabsListener {
  readonly told: (told: ToldState) => void;
  /** A tab in which the person looked at this one's conversation shows it no more; it is for this tab to find out where they are. */
  readonly unseen: () => void;
}

/** Changes when tabs of an older version of this page could not understand the messages. */
const NAME = 'connector-chat-states/1';

const NOTHING: TabView = { conversationId: null, isPresent: false };

/**
 * The tabs of this browser that show conversations, each as it told of itself: a consumer is one person, however many
 * tabs show the conversation. A tab that does not answer a roll call (it crashed, or the browser has frozen it) counts no
 * more until it is heard again.
 */
@Service({ autoProvided: false })
export class ChatTabs {
  private readonly id = newMessageId();
  private readonly channel = new BroadcastChannel(NAME);
  private readonly others = new Map<string, TabView>();
  private readonly silent = new Set<string>();
  private listener: ChatTabsListener | null = null;
  private own = NOTHING;
  private rollCall: ReturnType<typeof setTimeout> | undefined;
  private hasLeft = false;
  private readonly ends = new AbortController();

  constructor() {
    const window = inject(DOCUMENT).defaultView;
    // The browser may keep a page that was left, and show it again.
    window?.addEventListener('pageshow', () => this.comeBack(), { signal: this.ends.signal });
    this.channel.onmessage = ({ data }: MessageEvent<Said>) => this.hear(data);
    this.ask();
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.rollCall);
      this.leave();
      this.ends.abort();
      this.channel.close();
    });
  }

  /** Who hears of the other tabs from now on. */
  listen(listener: ChatTabsListener): void {
    this.listener = listener;
  }

  /** What this tab shows from now on. */
  show(view: TabView): void {
    this.own = view;
    this.tellOfSelf();
  }

  /** Calls the roll: who does not answer within {@link ROLL_CALL_MS} counts no more. */
  ask(): void {
    clearTimeout(this.rollCall);
    for (const tab of this.others.keys()) this.silent.add(tab);
    this.rollCall = setTimeout(() => {
      for (const tab of this.silent) this.others.delete(tab);
      this.silent.clear();
    }, ROLL_CALL_MS);
    this.post({ kind: 'asked' });
  }

  /** Whether the person looks at the conversation in another tab. */
  isSeenElsewhere(conversationId: ConversationId): boolean {
    return [...this.others.values()].some((tab) => tab.conversationId === conversationId && tab.isPresent);
  }

  /** Whether another tab shows the conversation, looked at or not. */
  isShownElsewhere(conversationId: ConversationId): boolean {
    return this.othersWith(conversationId).length > 0;
  }

  /** Another tab shall know which state stands now. */
  tell(told: ToldState): void {
    this.post({ kind: 'told', ...told });
  }

  /** This tab goes. */
  leave(): void {
    this.hasLeft = true;
    this.post({ kind: 'left', from: this.id });
  }

  private comeBack(): void {
    this.hasLeft = false;
    this.tellOfSelf();
  }

  private hear(said: Said): void {
    switch (said.kind) {
      case 'asked':
        this.tellOfSelf();
        return;
      case 'here':
        this.silent.delete(said.from);
        this.hearOf(said.from, said.view);
        return;
      case 'left':
        this.hearOf(said.from, null);
        return;
      case 'told':
        this.listener?.told(said);
        return;
      default:
        return said satisfies never;
    }
  }

  /** @param view `null`: it has gone */
  private hearOf(tab: string, view: TabView | null): void {
    const before = this.others.get(tab);
    if (view === null) this.others.delete(tab);
    else this.others.set(tab, view);
    const { conversationId } = this.own;
    const wasSeen = before?.isPresent === true && before.conversationId === conversationId;
    if (conversationId === null || !wasSeen || view?.conversationId === conversationId) return;
    // One of those that show it still: all of them know each other, and choose the same.
    const isChosen = this.othersWith(conversationId).every((other) => this.id < other);
    if (isChosen) this.listener?.unseen();
  }

  private othersWith(conversationId: ConversationId): readonly string[] {
    return [...this.others].filter(([, tab]) => tab.conversationId === conversationId).map(([tab]) => tab);
  }

  private tellOfSelf(): void {
    // A page still hears and says much while it closes.
    if (this.hasLeft) return;
    this.post({ kind: 'here', from: this.id, view: this.own });
  }

  private post(said: Said): void {
    // What the page tells in its end goes to the bridge all the same.
    if (!this.ends.signal.aborted) this.channel.postMessage(said);
  }
}
