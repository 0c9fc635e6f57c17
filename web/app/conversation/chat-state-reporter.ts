import { DOCUMENT, DestroyRef, Service, effect, inject, untracked } from '@angular/core';

import type { ChatState } from '#protocol/connector/events';
import type { ConversationId, DialogId } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';
import { ChatTabs, ROLL_CALL_MS, type ToldState } from './chat-tabs';
import { AutomaticSettings } from './controls/automatic-settings';
import { IdleWatch } from './controls/idle-watch';
import { PagePresence } from './page-presence';

/** How long after the last key the consumer counts as pausing. */
export const PAUSE_AFTER_MS = 1_000;

/** Where chat states go. */
export interface ChatStateTarget {
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
}

/**
 * Tells the agent what the consumer does: COMPOSING once when typing starts, PAUSE a second after the last key,
 * ACTIVE and GONE when the page gets and loses the person's eyes, INACTIVE when nobody has touched it for long. Each of
 * them can be switched off, and said by hand.
 *
 * The consumer is one for all tabs of the browser: nobody is GONE who looks at the conversation in another tab, or does
 * so a moment later. A tab that closes cannot wait for that moment.
 *
 * Without a target (no open conversation, or a survey, which takes no chat states) nothing is told. Never two calls
 * at once, so that no state can overtake another. @see PROTOCOL.md §6.3.4
 */
@Service({ autoProvided: false })
export class ChatStateReporter {
  private readonly bridge = inject(BridgeClient);
  private readonly presence = inject(PagePresence);
  private readonly settings = inject(AutomaticSettings);
  private readonly idle = inject(IdleWatch);
  private readonly tabs = inject(ChatTabs);

  private target: ChatStateTarget | null = null;
  private isComposing = false;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private last: Promise<void> = Promise.resolve();
  /** By whichever tab. */
  private told: ChatState | null = null;
  private going: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.tabs.listen({ told: (told) => this.hear(told), unseen: () => this.goSoon() });
    onChange(this.presence.isPresent, (isPresent) => this.presenceChanged(isPresent));
    onChange(this.idle.isIdle, (isIdle) => this.idleChanged(isIdle));
    const ends = new AbortController();
    const window = inject(DOCUMENT).defaultView;
    window?.addEventListener('pagehide', () => this.leave(), { signal: ends.signal });
    // The browser may keep a page that was left, and show it again.
    window?.addEventListener('pageshow', () => this.resumeFrom(this.told), { signal: ends.signal });
    inject(DestroyRef).onDestroy(() => {
      ends.abort();
      this.stay();
      this.pauseNow();
    });
  }

  /** Where states go from now on; `null`: nowhere. Whoever leaves an open conversation calls `pauseNow` before. */
  reportTo(target: ChatStateTarget | null): void {
    const isSame =
      this.target?.conversationId === target?.conversationId && this.target?.dialogId === target?.dialogId;
    if (isSame) return;
    this.stopComposing();
    this.stay();
    this.target = target;
    this.told = null;
    this.showTabs();
  }

  /** Says a state by hand, whatever is switched off. Rejects as the bridge does. */
  async say(chatState: ChatState): Promise<void> {
    const { target } = this;
    if (target === null) return;
    this.stopComposing();
    const { conversationId, dialogId } = target;
    const before = this.told;
    this.note({ conversationId, chatState, isAutomatic: false });
    const said = this.last.then(() => this.bridge.sendChatState(conversationId, { dialogId, chatState }));
    this.last = said.then(nothing, () => {
      // What was refused holds nowhere.
      if (this.told === chatState) this.told = before;
    });
    await said;
  }

  /** Corrects what an earlier page told last, when that is no longer so. */
  resumeFrom(told: ChatState | null): void {
    this.told ??= told;
    const { typing, presence } = this.settings.current();
    if (typing && told === 'COMPOSING' && !this.isComposing) this.tell('PAUSE');
    if (presence && (told === 'GONE' || told === 'INACTIVE') && this.presence.isPresent())
      this.tell('ACTIVE');
  }

  /** The person has changed the draft. */
  typed(): void {
    if (this.target === null || !this.settings.current().typing) return;
    if (!this.isComposing) {
      this.isComposing = true;
      this.tell('COMPOSING');
    }
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.pauseNow(), PAUSE_AFTER_MS);
  }

  /** The draft was sent, or left: typing has ended. Tells nothing when that was told already. */
  pauseNow(): void {
    if (!this.isComposing) return;
    this.stopComposing();
    this.tell('PAUSE');
  }

  /** Resolves when every state told so far has its answer; never rejects. */
  settled(): Promise<void> {
    return this.last;
  }

  private presenceChanged(isPresent: boolean): void {
    this.stay();
    this.showTabs();
    if (isPresent) this.resumeFrom(this.told);
    else if (this.target !== null && this.tabs.isShownElsewhere(this.target.conversationId)) this.goSoon();
    // The browser may let a page that nobody looks at do nothing more.
    else this.go();
  }

  /** GONE, unless the person is back by then, here or in another tab. */
  private goSoon(): void {
    this.stay();
    this.tabs.ask();
    this.going = setTimeout(() => {
      this.stay();
      this.go();
    }, ROLL_CALL_MS);
  }

  private go(): void {
    if (this.target === null || this.presence.isPresent()) return;
    if (this.told === 'GONE' || this.tabs.isSeenElsewhere(this.target.conversationId)) return;
    if (!this.settings.current().presence) return;
    // Any state but COMPOSING ends the agent's typing sign, so GONE needs no PAUSE before it.
    this.stopComposing();
    this.tell('GONE');
  }

  private stay(): void {
    clearTimeout(this.going);
    this.going = undefined;
  }

  private showTabs(): void {
    const conversationId = this.target?.conversationId ?? null;
    this.tabs.show({ conversationId, isPresent: this.presence.isPresent() });
  }

  /** What another tab has told. */
  private hear({ conversationId, chatState, isAutomatic }: ToldState): void {
    if (this.target?.conversationId !== conversationId) return;
    this.told = chatState;
    // It could not know in time that the person is here.
    const isWrong = isAutomatic && chatState === 'GONE' && this.presence.isPresent();
    if (isWrong && this.settings.current().presence) this.tell('ACTIVE');
  }

  private idleChanged(isIdle: boolean): void {
    if (!this.presence.isPresent()) return;
    if (isIdle) this.tell('INACTIVE');
    else if (this.told === 'INACTIVE') this.tell('ACTIVE');
  }

  /** The page closes: the last word goes out while it does, and nobody waits for the answer. */
  private leave(): void {
    const { target } = this;
    this.stay();
    const isGone = target === null || this.told === 'GONE' || !this.settings.current().presence;
    if (!isGone && !this.tabs.isSeenElsewhere(target.conversationId)) this.tellLast(target);
    this.tabs.leave();
  }

  private tellLast({ conversationId, dialogId }: ChatStateTarget): void {
    const chatState = 'GONE';
    this.note({ conversationId, chatState, isAutomatic: true });
    this.bridge
      .tellChatState(conversationId, { dialogId, chatState }, { isLast: true })
      // There is no page any more that could tell of it.
      .catch(() => undefined);
  }

  private stopComposing(): void {
    clearTimeout(this.pause);
    this.isComposing = false;
  }

  private tell(chatState: ChatState): void {
    const { target } = this;
    if (target === null) return;
    const { conversationId, dialogId } = target;
    this.note({ conversationId, chatState, isAutomatic: true });
    this.last = this.last
      .then(() => this.bridge.tellChatState(conversationId, { dialogId, chatState }))
      // A state that did not arrive is out of date by the time of a retry; the list of requests shows the refusal.
      .then(nothing, nothing);
  }

  private note(told: ToldState): void {
    this.told = told.chatState;
    this.tabs.tell(told);
  }
}

const nothing = (): void => undefined;

/** Calls `act` with each value but the first. */
function onChange(value: () => boolean, act: (value: boolean) => void): void {
  let known = value();
  effect(() => {
    const next = value();
    if (next === known) return;
    known = next;
    untracked(() => act(next));
  });
}
