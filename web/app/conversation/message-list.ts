import type { ElementRef } from '@angular/core';
import {
  Component,
  afterRenderEffect,
  computed,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';

import { Icon } from '../ui/icon';
import { dayWords } from '../ui/time-words';
import type { MessageKey } from './conversation-facts';
import type { Typing } from './conversation-state';
import { InView } from './in-view';
import type { Message } from './message';
import type { CardRequest } from './message-card/message-card';
import { MessageBubble } from './message-bubble';
import { messageRows, type MessageRow } from './message-rows';
import { SizeChanged } from './size-changed';
import { roleWords } from './words';

/** Messages drawn at first, and how many more each time one reads back to the first of them. */
const PAGE = 100;
/** So close to the end counts as being there. */
const END_PX = 48;
const START_PX = 240;

/** The messages of a conversation. Stays at the newest while one is there, and never jumps while one reads back. */
@Component({
  selector: 'app-message-list',
  imports: [Icon, InView, MessageBubble, SizeChanged],
  templateUrl: './message-list.html',
  styleUrl: './message-list.scss',
})
export class MessageList {
  readonly conversationId = input.required<string>();
  readonly messages = input.required<readonly Message[]>();
  readonly typing = input<Typing | null>(null);
  /** Id of the message above which the unread line stands; `null` for none. */
  readonly firstUnread = input<string | null>(null);
  /** Messages that what is chosen beside the chat is about, as `dialog/sequence`. */
  readonly lit = input<ReadonlySet<string>>(new Set());
  readonly retry = output<Message>();
  /** Somebody wants to know all about a message; the element is where its card belongs. */
  readonly cardAsked = output<CardRequest>();
  /** Messages of others that are on the screen now. */
  readonly inView = output<ReadonlySet<MessageKey>>();

  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');

  private readonly drawn = linkedSignal({ source: this.conversationId, computation: () => PAGE });
  private readonly isAtEnd = linkedSignal({ source: this.conversationId, computation: () => true });
  /** How many messages there were when the end was left. */
  private readonly seenCount = signal(0);
  private readonly visible = linkedSignal<string, ReadonlySet<MessageKey>>({
    source: this.conversationId,
    computation: () => new Set(),
  });
  /** Height before older messages were asked for; `null` while none are. */
  private heightBefore: number | null = null;
  /** Where the end was when the list was last put there. */
  private endTop = -1;

  protected readonly rows = computed<readonly MessageRow[]>(() =>
    messageRows(this.messages().slice(-this.drawn()), this.conversationId(), this.firstUnread()),
  );
  /** Whether the first message is drawn: then what stands before it may show. */
  protected readonly isAllDrawn = computed(() => this.drawn() >= this.messages().length);
  protected readonly newCount = computed(() => {
    if (this.isAtEnd()) return 0;
    return this.messages()
      .slice(this.seenCount())
      .filter((message) => !message.isOwn).length;
  });
  protected readonly typist = computed(() => {
    const typing = this.typing();
    return typing === null ? null : roleWords(typing.role);
  });

  constructor() {
    let ownCount = 0;
    afterRenderEffect(() => {
      this.rows();
      this.typing();
      const count = this.messages().filter((message) => message.isOwn).length;
      const isWritten = count > ownCount;
      ownCount = count;
      this.keepPlace();
      // What one writes oneself is where one wants to be.
      if (untracked(this.isAtEnd) || isWritten) this.toEnd();
    });
  }

  protected isLit({ key }: Message): boolean {
    return key !== null && this.lit().has(key);
  }

  protected day(at: number): string {
    return dayWords(at, Date.now());
  }

  protected scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller().nativeElement;
    // The browser tells late of where we ourselves have put it; meanwhile more may have come.
    if (this.isAtEnd() && scrollTop === this.endTop) return;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    if (isAtEnd !== this.isAtEnd()) {
      this.isAtEnd.set(isAtEnd);
      this.seenCount.set(this.messages().length);
    }
    if (scrollTop < START_PX) this.readBack(scrollHeight);
  }

  /** What grows after it was drawn, and a pane that shrinks, must not push the newest out of sight. */
  protected stayAtEnd(): void {
    if (this.isAtEnd()) this.toEnd();
  }

  protected toEnd(): void {
    const element = this.scroller().nativeElement;
    element.scrollTop = element.scrollHeight;
    this.endTop = element.scrollTop;
  }

  protected noteView({ key, isOwn }: Message, isVisible: boolean): void {
    if (key === null || isOwn || isVisible === this.visible().has(key)) return;
    const visible = new Set(this.visible());
    if (isVisible) visible.add(key);
    else visible.delete(key);
    this.visible.set(visible);
    this.inView.emit(visible);
  }

  private readBack(scrollHeight: number): void {
    if (this.heightBefore !== null || this.drawn() >= this.messages().length) return;
    this.heightBefore = scrollHeight;
    this.drawn.update((count) => count + PAGE);
  }

  /** What was added above must not push away what one reads. */
  private keepPlace(): void {
    if (this.heightBefore === null) return;
    const element = this.scroller().nativeElement;
    element.scrollTop += element.scrollHeight - this.heightBefore;
    this.heightBefore = null;
  }
}
