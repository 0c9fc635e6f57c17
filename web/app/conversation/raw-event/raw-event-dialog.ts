import { Component, type ElementRef, computed, inject, linkedSignal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { asDialogId, type DialogId } from '#protocol/identifiers';

import { BridgeClient } from '../../bridge/bridge-client';
import { wordsOf } from '../../bridge/failure-words';
import { DialogHead } from '../../ui/dialog-head';
import { isSecondClick } from '../../ui/double-click';
import { FailureNote } from '../../ui/failure-note';
import { Icon } from '../../ui/icon';
import { ConversationStore } from '../conversation-store';
import { ConversationsStore } from '../conversations-store';
import { newMessageId } from '../message-id';
import { EventText, asText } from './event-text';
import { RAW_EVENT_EXAMPLES, readRawEvent } from './read-raw-event';

type Progress =
  | { readonly kind: 'writing' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent'; readonly sequence: number | null }
  | { readonly kind: 'failed'; readonly failure: unknown };

/** So much of an id tells it from the others. */
const short = (id: string): string => id.slice(0, 8);

/** Sends any event as the consumer, written by hand as JSON. */
@Component({
  selector: 'app-raw-event-dialog',
  imports: [DialogHead, FailureNote, Icon, MatButton],
  templateUrl: './raw-event-dialog.html',
  styleUrl: './raw-event-dialog.scss',
})
export class RawEventDialog {
  private readonly bridge = inject(BridgeClient);
  private readonly store = inject(ConversationStore);
  private readonly conversations = inject(ConversationsStore);

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly editor = viewChild.required<ElementRef<HTMLTextAreaElement>>('editor');

  protected readonly examples = RAW_EVENT_EXAMPLES;
  protected readonly text = new EventText();
  protected readonly reading = computed(() => readRawEvent(this.text.current()));
  /** For who does not see the button that puts it back. */
  protected readonly told = computed(() =>
    this.text.former() === null ? '' : $localize`What you wrote can be put back.`,
  );
  /** The same text stays the same message, so that a second press cannot send it twice. */
  private readonly messageId = linkedSignal({ source: this.text.current, computation: () => newMessageId() });
  protected readonly progress = linkedSignal<string, Progress>({
    source: this.text.current,
    computation: () => ({ kind: 'writing' }),
  });
  protected readonly dialogs = computed(() => {
    const id = this.store.id();
    const facts = id === null ? null : this.conversations.factsFor(id);
    const known = [...(facts?.dialogs.values() ?? [])].map(({ dialogId, type, isOpen }) => ({
      id: dialogId,
      words: isOpen ? `${type} · ${short(dialogId)}` : $localize`${type} (closed) · ${short(dialogId)}`,
    }));
    return known.length > 0 || id === null ? known : [{ id: asDialogId(id), words: `MAIN · ${short(id)}` }];
  });
  private readonly current = computed(() => this.store.state()?.dialog.dialogId ?? null);
  /** The one in which the conversation is, until another is chosen; what arrives in it changes no choice. */
  protected readonly target = linkedSignal<DialogId | null>(() => this.current());
  /** Why nothing can be sent; `null` when it can. */
  protected readonly obstacle = computed(() => {
    const reading = this.reading();
    if (this.target() === null) return $localize`Open a conversation with a first message`;
    if (reading.kind === 'error') return reading.words;
    return this.progress().kind === 'sending' ? $localize`It is on its way` : null;
  });

  /** Opens the editor with what was there, or with `event` to be changed and sent anew. */
  open(event?: { readonly dialogId: DialogId; readonly event: unknown }): void {
    if (event !== undefined) {
      this.text.replace(asText(event.event));
      if (this.dialogs().some(({ id }) => id === event.dialogId)) this.target.set(event.dialogId);
    }
    if (!this.dialog().nativeElement.open) this.dialog().nativeElement.showModal();
    this.editor().nativeElement.focus();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  protected typed(event: Event): void {
    if (event.target instanceof HTMLTextAreaElement) this.text.write(event.target.value);
  }

  protected choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.target.set(asDialogId(event.target.value));
  }

  protected useExample(event: unknown): void {
    this.text.replace(asText(event));
  }

  /** The button goes with it: the keyboard goes on in what came back. */
  protected putBack(): void {
    this.text.putBack();
    this.editor().nativeElement.focus();
  }

  protected format(): void {
    const reading = this.reading();
    if (reading.kind === 'event') this.text.write(asText(JSON.parse(this.text.current())));
  }

  protected words(failure: unknown) {
    return wordsOf(failure);
  }

  /** A double press is one: the first may be refused before the second comes. */
  protected press(event: Event): void {
    const isAgain =
      event instanceof KeyboardEvent ? event.repeat : event instanceof MouseEvent && isSecondClick(event);
    if (!isAgain) void this.send();
  }

  private async send(): Promise<void> {
    const reading = this.reading();
    const id = this.store.id();
    const dialogId = this.target();
    if (reading.kind === 'error' || id === null || dialogId === null || this.obstacle() !== null) return;
    const clientMessageId = this.messageId();
    this.progress.set({ kind: 'sending' });
    try {
      const request = { clientMessageId, dialogId, event: reading.event };
      const { messageSequence: sequence } = await this.bridge.publishEvent(id, request);
      this.settle(clientMessageId, { kind: 'sent', sequence });
      // Published once more on purpose, it is another message.
      if (this.messageId() === clientMessageId) this.messageId.set(newMessageId());
    } catch (failure) {
      this.settle(clientMessageId, { kind: 'failed', failure });
    }
  }

  /** An answer that comes after the text was changed says nothing about the new one. */
  private settle(clientMessageId: string, progress: Progress): void {
    if (this.messageId() === clientMessageId) this.progress.set(progress);
  }
}
