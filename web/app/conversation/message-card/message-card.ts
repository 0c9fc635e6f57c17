import {
  Component,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ACCEPT_STATUSES, type AcceptStatus, type Metadata } from '#protocol/connector/events';

import { BridgeClient } from '../../bridge/bridge-client';
import { wordsOf } from '../../bridge/failure-words';
import { CopyButton } from '../../ui/copy-button';
import { DialogHead } from '../../ui/dialog-head';
import { FailureNote } from '../../ui/failure-note';
import type { MessageKey } from '../conversation-facts';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import type { Message } from '../message';
import { contentSummary } from '../message-content';
import { roleWords } from '../words';
import { ActionForm } from './action-form';
import { cardRows } from './card-rows';
import { placeBeside, type Edges } from './place-beside';
import { takesAction } from './usable-elements';

export interface CardRequest {
  readonly message: Message;
  /** The message; the card opens beside it and leaves it in sight. */
  readonly anchor: Edges;
}

interface Receipt {
  readonly status: AcceptStatus;
  readonly metadata: Metadata | null;
}

/** Receipts that make sense without anything else; an ACTION is about an element, and has a form. @see PROTOCOL.md §6.3.5 */
const BY_HAND = ACCEPT_STATUSES.filter((status) => status !== 'ACTION');

/** Who, when, which sequence: all about one message; and every receipt for it by hand. */
@Component({
  selector: 'app-message-card',
  imports: [ActionForm, CopyButton, DialogHead, FailureNote, MatButton],
  templateUrl: './message-card.html',
  styleUrl: './message-card.scss',
})
export class MessageCard {
  private readonly bridge = inject(BridgeClient);
  private readonly store = inject(ConversationStore);
  private readonly conversations = inject(ConversationsStore);
  private readonly injector = inject(Injector);

  /** The message is to be shown in the timeline. */
  readonly timelineAsked = output<MessageKey>();

  private readonly card = viewChild.required<ElementRef<HTMLElement>>('card');

  /** The receipt that was asked for last: the next waits for it. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly request = signal<CardRequest | null>(null);
  /** As it is now: receipts arrive while the card is open. */
  protected readonly message = computed<Message | null>(() => {
    const chosen = this.request()?.message ?? null;
    return this.store.messages().find(({ id }) => id === chosen?.id) ?? chosen;
  });
  protected readonly isOpen = signal(false);
  /** Id of the message that the card is about; `null` while it is closed. */
  readonly subject = computed(() => (this.isOpen() ? (this.message()?.id ?? null) : null));
  protected readonly statuses = BY_HAND;
  protected readonly againTitle = $localize`Sent already; send it again`;
  protected readonly nowTitle = $localize`Send it now`;
  protected readonly takesAction = computed(() => {
    const message = this.message();
    return message !== null && takesAction(message);
  });
  protected readonly isActionOpen = signal(false);
  protected readonly told = signal('');
  protected readonly failure = signal<ReturnType<typeof wordsOf> | null>(null);
  protected readonly heading = computed(() => {
    const message = this.message();
    if (message === null) return '';
    return message.isOwn ? $localize`Consumer (you)` : roleWords(message.role);
  });
  protected readonly rows = computed(() => {
    const message = this.message();
    return message === null ? [] : cardRows(message);
  });
  protected readonly text = computed(() => {
    const message = this.message();
    if (message === null) return '';
    return message.content.kind === 'text' ? message.content.text : contentSummary(message.content);
  });
  /** What the consumer has told about it already. */
  protected readonly said = computed<ReadonlySet<AcceptStatus>>(() => {
    const id = this.store.id();
    const key = this.message()?.key ?? null;
    const facts = id === null ? null : this.conversations.factsFor(id);
    return (key === null ? undefined : facts?.ownReceipts.get(key)) ?? new Set();
  });

  open(request: CardRequest): void {
    this.request.set(request);
    this.isActionOpen.set(false);
    this.failure.set(null);
    this.told.set('');
    const { nativeElement: card } = this.card();
    if (!card.matches(':popover-open')) card.showPopover();
    this.place();
  }

  protected close(): void {
    this.card().nativeElement.hidePopover();
  }

  protected askTimeline(key: MessageKey): void {
    this.close();
    this.timelineAsked.emit(key);
  }

  protected toggleAction(): void {
    this.isActionOpen.update((isOpen) => !isOpen);
    // It is higher or lower then.
    afterNextRender(() => this.place(), { injector: this.injector });
  }

  protected async say(status: AcceptStatus, metadata: Metadata | null = null): Promise<void> {
    const message = this.message();
    const said = message === null ? null : this.tell(message, { status, metadata });
    if (message === null || said === null) return;
    this.failure.set(null);
    try {
      await said;
      if (this.isAbout(message)) this.told.set($localize`${status} sent`);
    } catch (failure) {
      if (this.isAbout(message)) this.failure.set(wordsOf(failure));
    }
  }

  /** What is pressed while another is on its way goes out after it. */
  private tell({ dialogId, sequence }: Message, { status, metadata }: Receipt): Promise<void> | null {
    const id = this.store.id();
    if (id === null || sequence === null) return null;
    const receipt = { dialogId, status, sequenceList: [sequence], ...(metadata !== null && { metadata }) };
    const said = this.last.then(() => this.bridge.sendAcceptStatus(id, receipt));
    this.last = said.catch(() => undefined);
    return said;
  }

  /** Whether nobody has asked about another message since. */
  private isAbout({ id }: Message): boolean {
    return this.message()?.id === id;
  }

  private place(): void {
    const request = this.request();
    if (request === null) return;
    const side = request.message.isOwn ? 'left' : 'right';
    // A form is filled in as a whole.
    placeBeside(this.card().nativeElement, request.anchor, side, this.isActionOpen());
  }
}
