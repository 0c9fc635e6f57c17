import { Service, inject, signal } from '@angular/core';

import type { ConversationId } from '#protocol/identifiers';

import { BridgeClient } from '../../bridge/bridge-client';
import { EventLog } from '../../bridge/event-log';
import { wordsOf, type FailureWords } from '../../bridge/failure-words';
import type { MessageKey } from '../conversation-facts';
import { ConversationLog } from '../conversation-log';
import { isWritable } from '../conversation-state';
import { AutomaticSettings } from '../controls/automatic-settings';
import { ConversationStore } from '../conversation-store';
import type { Message } from '../message';
import { newMessageId } from '../message-id';
import { notLoadedWords } from '../not-loaded';
import { Outbox } from '../outbox';
import { ADDRESS_OPENER } from './address-opener';
import type { Press } from './read-press';

/**
 * What the consumer does with structured content: the agent is told by an ACTION, then what it means is said.
 *
 * Neither waits for the receipts of what was used: the protocol orders only ACTION and text, and a cloud that is slow to
 * take receipts, or an ACCEPT or READ that was switched off, is no reason to hold back what the consumer did.
 *
 * What was used is read from the log, so that a reload or another page shows the same. @see PROTOCOL.md §12.4
 */
@Service({ autoProvided: false })
export class ContentUses {
  private readonly bridge = inject(BridgeClient);
  private readonly events = inject(EventLog);
  private readonly log = inject(ConversationLog);
  private readonly store = inject(ConversationStore);
  private readonly outbox = inject(Outbox);
  private readonly open = inject(ADDRESS_OPENER);
  private readonly settings = inject(AutomaticSettings);

  private readonly running = signal<ReadonlySet<MessageKey>>(new Set());
  private readonly failures = signal<ReadonlyMap<MessageKey, FailureWords>>(new Map());

  /** Why nothing of the message can be used any more; `null` when it can. */
  obstacle({ key, dialogId }: Message): string | null {
    const state = this.store.state();
    if (state === null || key === null) return notLoadedWords(this.events);
    if (state.isElsewhere) return $localize`Another server opened this conversation`;
    if (state.phase === 'closed' || this.store.closing() !== null)
      return $localize`The conversation is closed`;
    const isOpen = state.dialog.dialogId === dialogId && isWritable(state);
    return isOpen ? null : $localize`The dialog is closed`;
  }

  /** Keys of the metadata of what was used of it. */
  usesOf({ key }: Message): ReadonlySet<string> {
    const id = this.store.id();
    const facts = id === null ? undefined : this.log.facts().get(id);
    return (key === null ? undefined : facts?.ownActions.get(key)) ?? NOTHING;
  }

  /** What the consumer said next in its dialog; `null`: nothing yet. */
  answerTo(message: Message): string | null {
    const messages = this.store.messages();
    const at = messages.findIndex(({ id }) => id === message.id);
    const answer = messages.find(
      (next, index) =>
        index > at &&
        next.isOwn &&
        next.dialogId === message.dialogId &&
        next.delivery?.state !== 'failed' &&
        next.content.kind === 'text',
    );
    return answer?.content.kind === 'text' ? answer.content.text : null;
  }

  isBusy({ key }: Message): boolean {
    return key !== null && this.running().has(key);
  }

  failureOf({ key }: Message): FailureWords | null {
    return key === null ? null : (this.failures().get(key) ?? null);
  }

  /** Does what a press asks for; a failure is told by {@link failureOf}, and pressing again tries again. */
  async use(message: Message, press: Press): Promise<void> {
    const { key } = message;
    const conversationId = this.store.id();
    // At once: a browser opens pages only while it remembers the press.
    for (const address of press.opens) this.open(address);
    if (key === null || conversationId === null || !press.isTold) return;
    if (this.obstacle(message) !== null || this.isBusy(message)) return;
    this.running.update((running) => new Set(running).add(key));
    this.failures.update((failures) => without(failures, key));
    try {
      if (this.settings.current().action) await this.tellAction(conversationId, message, press);
      await this.say(conversationId, message, press);
    } catch (error) {
      this.failures.update((failures) => new Map(failures).set(key, wordsOf(error)));
    } finally {
      this.running.update((running) => new Set([...running].filter((other) => other !== key)));
    }
  }

  private async tellAction(
    conversationId: ConversationId,
    { dialogId, sequence }: Message,
    { metadata }: Press,
  ): Promise<void> {
    await this.bridge.sendAcceptStatus(conversationId, {
      ...{ dialogId, status: 'ACTION', sequenceList: sequence === null ? [] : [sequence] },
      ...(metadata !== null && { metadata }),
    });
  }

  /** A text that fails tells so itself, as any message does. */
  private async say(
    conversationId: ConversationId,
    { dialogId }: Message,
    { texts, metadata }: Press,
  ): Promise<void> {
    for (const text of texts) {
      await this.outbox.send({
        ...{ clientMessageId: newMessageId(), conversationId, dialogId, text, metadata, at: Date.now() },
      });
    }
  }
}

const NOTHING: ReadonlySet<string> = new Set();

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  return map.has(key) ? new Map([...map].filter(([other]) => other !== key)) : map;
}
