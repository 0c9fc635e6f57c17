import type { ElementRef } from '@angular/core';
import {
  Component,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';

import { Icon } from '../ui/icon';
import { ListEnd } from '../ui/list-end';
import { PressedPointer } from '../ui/pressed-pointer';
import { dayWords } from '../ui/time-words';
import type { MessageKey } from './conversation-facts';
import type { Typing } from './conversation-state';
import { InView, ViewWatch } from './in-view';
import { centerLit, followLit, isAmong } from './lit-message';
import type { Message } from './message';
import type { CardRequest } from './message-card/message-card';
import { MessageBubble } from './message-bubble';
import { messageRows, type MessageRow } from './message-rows';
import { drawnIn, messageWindow, movedFirst, type MessageWindow } from './message-window';
import { countNew, newestSeenOf, ownMessages } from './new-below';
import { ReadingPlace } from './reading-place';
import { watchScroller, type ScrollParts } from './watch-scroller';
import { roleWords } from './words';

/** The window on the messages moves by so many. */
const STEP = 20;
/** So close to an end of what is drawn the window moves. */
const EDGE_PX = 600;
/** So close to the end counts as being there. */
const END_PX = 48;

/**
 * The messages of a conversation. Opens where the unread ones begin, stays at the newest while one is there, and never
 * jumps while one reads back. Draws those around what one reads: thousands scroll as smoothly as ten.
 */
@Component({
  selector: 'app-message-list',
  imports: [Icon, InView, MessageBubble],
  providers: [ViewWatch],
  templateUrl: './message-list.html',
  styleUrl: './message-list.scss',
})
export class MessageList {
  private readonly injector = inject(Injector);

  readonly conversationId = input.required<string>();
  readonly messages = input.required<readonly Message[]>();
  readonly typing = input<Typing | null>(null);
  /** Id of the message above which the unread line stands; `null` for none. */
  readonly firstUnread = input<string | null>(null);
  /** Whether somebody looks: while nobody does, the unread line stays in sight, else the newest message. */
  readonly isWatched = input(true);
  /** Messages that what is chosen beside the chat is about, as `dialog/sequence`. */
  readonly lit = input<ReadonlySet<string>>(new Set());
  /** Id of the message whose card is open. */
  readonly asked = input<string | null>(null);
  /** Somebody wants to know all about a message; the element is where its card belongs. */
  readonly cardAsked = output<CardRequest>();
  /** Messages of others that are on the screen now. */
  readonly inView = output<ReadonlySet<MessageKey>>();

  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');

  /** Id of the first message that is drawn; `null` while the newest are. */
  private readonly first = linkedSignal<string, string | null>({
    source: this.conversationId,
    computation: () => null,
  });
  private readonly most = signal(drawnIn(0));
  private readonly isAtEnd = linkedSignal({ source: this.conversationId, computation: () => true });
  /** Id of the newest message when the end was left, or that was in view since. */
  private readonly newestSeen = signal<string | null>(null);
  private readonly place = new ReadingPlace();
  private readonly end = new ListEnd(inject(PressedPointer));
  /** Id of the newest message when the unread line came; `null` once somebody does something in the list. */
  private readonly newestAtLine = linkedSignal<unknown, string | null>({
    source: this.firstUnread,
    computation: () => untracked(this.messages).at(-1)?.id ?? null,
  });

  /** What the page shows now; it follows `drawn` at the next drawing. */
  private shown: MessageWindow | null = null;

  private readonly drawn = computed(() => messageWindow(this.messages(), this.first(), this.most()), {
    equal: (one, other) => one.from === other.from && one.to === other.to,
  });
  private readonly drawnMessages = computed(() => this.messages().slice(this.drawn().from, this.drawn().to));
  protected readonly rows = computed<readonly MessageRow[]>(() =>
    messageRows(this.drawnMessages(), this.conversationId(), this.firstUnread()),
  );
  /** Whether the first message is drawn: then what stands before it may show. */
  protected readonly isAllDrawn = computed(() => this.drawn().from === 0);
  protected readonly newCount = computed(() =>
    this.isAtEnd() ? 0 : countNew(this.messages(), this.newestSeen()),
  );
  protected readonly isLit = (message: Message): boolean => isAmong(message, this.lit());
  protected readonly day = (at: number): string => dayWords(at, Date.now());
  /** Only messages of others are told of. */
  protected readonly watchedKey = ({ key, isOwn }: Message): MessageKey | null => (isOwn ? null : key);
  protected readonly typist = ({ role }: Typing): string => roleWords(role);

  private readonly parts: ScrollParts = () => [this.scroller(), this.content()];
  private readonly showAwaited = followLit(this.messages, this.lit, this.parts, (id) => this.bring(id));

  constructor() {
    const { inView } = inject(ViewWatch);
    effect(() => {
      const keys = inView();
      this.inView.emit(keys);
      untracked(() => this.newestSeen.update((seen) => newestSeenOf(this.messages(), seen, keys)));
    });
    const isWritten = ownMessages(this.messages);
    afterRenderEffect(() => {
      this.rows();
      this.typing();
      this.end.isHeld(this.scroller().nativeElement);
      this.shown = this.drawn();
      // What one writes oneself is where one wants to be.
      const isOwnNewer = isWritten();
      const isHeld = this.isLineHeld();
      untracked(() => {
        if (isOwnNewer && !isHeld) this.toEnd();
        else this.keepPlace();
        if (isHeld) this.toLine();
      });
    });
    watchScroller(this.parts, {
      ...{ scrolled: () => this.scrolled(), resized: () => this.resized() },
      used: () => this.newestAtLine.set(null),
    });
  }

  protected toEnd(): void {
    this.first.set(null);
    this.isAtEnd.set(true);
    this.keepPlace();
  }

  /** Home and End lead to the first and the newest message, not only to the ends of what is drawn. */
  protected goFar(event: KeyboardEvent): void {
    const isPlain = event.target === event.currentTarget && !event.altKey && !event.metaKey;
    if (!isPlain || (event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    if (event.key === 'End') this.toEnd();
    else this.toStart();
  }

  private toStart(): void {
    this.noteEnd(false);
    this.first.set(this.messages()[0]?.id ?? null);
    afterNextRender(() => this.beginAt(this.content().nativeElement), { injector: this.injector });
  }

  /** Whether it stands where the unread ones begin: while nobody looks, and until more comes or somebody does something. */
  private isLineHeld(): boolean {
    const newest = this.messages().at(-1)?.id;
    return this.firstUnread() !== null && (!this.isWatched() || this.newestAtLine() === newest);
  }

  /** From the end to where the unread ones begin, unless that is in sight from there. */
  private toLine(): void {
    if (!this.isAtEnd()) return;
    const at = this.messages().findIndex(({ id }) => id === this.firstUnread());
    const line = this.unreadLine();
    const isNear =
      line !== null && line.offsetTop - this.scroller().nativeElement.offsetTop + END_PX > this.end.at;
    if (at < 0 || isNear) return;
    this.noteEnd(false);
    this.newestSeen.set(this.messages()[at - 1]?.id ?? null);
    if (line !== null) this.beginAt(line);
    else {
      this.first.set(this.messages()[Math.max(0, at - STEP)]?.id ?? null);
      afterNextRender(() => this.beginAt(this.unreadLine()), { injector: this.injector });
    }
  }

  /** Puts a message that is lit to the middle, drawn or not. */
  private bring(id: string): void {
    this.newestAtLine.set(null);
    this.noteEnd(false);
    const at = this.messages().findIndex((message) => message.id === id);
    const isDrawn = this.drawnMessages().some((message) => message.id === id);
    if (!isDrawn) this.first.set(this.messages()[Math.max(0, at - STEP)]?.id ?? null);
    afterNextRender(() => centerLit(this.place, this.parts), { injector: this.injector });
  }

  private readonly unreadLine = (): HTMLElement | null =>
    this.content().nativeElement.querySelector<HTMLElement>('.unread');

  private beginAt(element: HTMLElement | null): void {
    if (element !== null)
      this.place.begin(this.scroller().nativeElement, element, this.content().nativeElement);
  }

  private scrolled(): void {
    const scroller = this.scroller().nativeElement;
    if (this.isAtEnd() && this.end.keep(scroller)) return;
    this.newestAtLine.set(null);
    this.place.follow(scroller, this.content().nativeElement);
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    const isNewestDrawn = this.drawn().to === this.messages().length;
    this.noteEnd(isNewestDrawn && below < END_PX);
    if (scrollTop < EDGE_PX && !this.isAllDrawn()) this.moveWindow(-STEP);
    else if (below < EDGE_PX && !isNewestDrawn) this.moveWindow(STEP);
  }

  private noteEnd(isAtEnd: boolean): void {
    if (isAtEnd === this.isAtEnd()) return;
    this.isAtEnd.set(isAtEnd);
    this.newestSeen.set(this.messages().at(-1)?.id ?? null);
    this.first.set(isAtEnd ? null : (this.messages()[this.drawn().from]?.id ?? null));
  }

  /** Once until it is drawn: a second step of the scrolling meanwhile is at the same place still. */
  private moveWindow(by: number): void {
    if (this.shown !== this.drawn()) return;
    this.first.set(movedFirst(this.messages(), this.drawn(), by));
  }

  private resized(): void {
    this.most.set(drawnIn(this.scroller().nativeElement.clientHeight));
    this.keepPlace();
    if (this.isLineHeld()) this.toLine();
    this.showAwaited();
  }

  /** What is drawn, taken away or grows must neither push the newest out of sight nor move what one reads. */
  private keepPlace(): void {
    const scroller = this.scroller().nativeElement;
    if (!this.isAtEnd()) this.place.restore(scroller);
    else {
      this.place.leave();
      this.end.put(scroller);
    }
  }
}
