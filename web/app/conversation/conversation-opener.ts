import { Service, inject, signal } from '@angular/core';

import { asDialogId, type AppKey, type ConversationId } from '#protocol/identifiers';

import { BridgeClient } from '../bridge/bridge-client';
import { ConversationsStore } from './conversations-store';
import { Drafts, newDraftKey } from './drafts';
import { HistoryReader } from './history/history-reader';
import { newMessageId } from './message-id';
import { Outbox } from './outbox';
import { StartOptions } from './start/start-options';

/** A first message whose conversation is being opened. */
export interface Opening {
  readonly clientMessageId: string;
  readonly text: string;
  readonly at: number;
}

/** Opens conversations, one at a time, each with a first message. */
@Service({ autoProvided: false })
export class ConversationOpener {
  private readonly bridge = inject(BridgeClient);
  private readonly conversations = inject(ConversationsStore);
  private readonly drafts = inject(Drafts);
  private readonly history = inject(HistoryReader);
  private readonly outbox = inject(Outbox);
  private readonly startOptions = inject(StartOptions);

  private readonly underWay = signal<Opening | null>(null);
  private opened: { readonly id: ConversationId; readonly appKey: AppKey } | null = null;
  /** Stands for its conversation until that is on the screen, so that nothing flickers on the way there. */
  readonly opening = this.underWay.asReadonly();

  /**
   * Throws what the bridge says when it fails: the text is a draft again then. `null`: there is no app, another one is
   * being opened, or somebody has gone elsewhere meanwhile, who finds the conversation in the list.
   */
  async open(consumerName: string, text: string): Promise<ConversationId | null> {
    const appKey = this.conversations.appKey();
    const held = this.drafts.hold(newDraftKey(appKey), text);
    if (appKey === null || this.underWay() !== null) {
      this.drafts.giveBack(held);
      return null;
    }
    const opening = { clientMessageId: newMessageId(), text, at: Date.now() };
    this.underWay.set(opening);
    try {
      const conversationId = await this.openFor(appKey, consumerName, opening);
      this.drafts.release(held);
      if (this.underWay() !== opening) return null;
      this.opened = { id: conversationId, appKey };
      return conversationId;
    } catch (failure) {
      this.drafts.giveBack(held);
      if (this.underWay() === opening) this.leave();
      throw failure;
    }
  }

  /** Something else is on the screen now. What was written while this conversation was opened goes along into it. */
  leave(shown: ConversationId | null = null): void {
    const { opened } = this;
    this.opened = null;
    this.underWay.set(null);
    if (opened !== null && opened.id === shown) this.drafts.move(newDraftKey(opened.appKey), shown);
  }

  private async openFor(appKey: AppKey, consumerName: string, opening: Opening): Promise<ConversationId> {
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
  }
}
