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
  protected readonly saying = signal<AcceptStatus | null>(null);
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
    const id = this.store.id();
    const message = this.message();
    const sequence = message?.sequence ?? null;
    if (id === null || message === null || sequence === null || this.saying() !== null) return;
    this.saying.set(status);
    this.failure.set(null);
    try {
      const { dialogId } = message;
      await this.bridge.sendAcceptStatus(id, {
        ...{ dialogId, status, sequenceList: [sequence] },
        ...(metadata !== null && { metadata }),
      });
      this.told.set($localize`${status} sent`);
    } catch (failure) {
      this.failure.set(wordsOf(failure));
    } finally {
      this.saying.set(null);
    }
  }

  private place(): void {
    const request = this.request();
    if (request === null) return;
    const side = request.message.isOwn ? 'left' : 'right';
    // A form is filled in as a whole.
    placeBeside(this.card().nativeElement, request.anchor, side, this.isActionOpen());
  }
}
