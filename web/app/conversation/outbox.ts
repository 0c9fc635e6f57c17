import { Service, inject, signal } from '@angular/core';

import type { MessageContent as SentContent } from '#protocol/bridge-api';
import type { Metadata } from '#protocol/connector/events';
import type { ConversationId, DialogId } from '#protocol/identifiers';
import { UNCERTAIN_CODES } from '#protocol/problem';

import { BridgeClient } from '../bridge/bridge-client';
import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import type { LocalMessage } from './local-messages';
import type { DeliveryFailure, Message } from './message';
import type { MessageContent } from './message-content';

/** Messages on their way to the bridge. A retry sends the same `clientMessageId`, which the bridge publishes once. */
@Service({ autoProvided: false })
export class Outbox {
  private readonly bridge = inject(BridgeClient);

  private readonly held = signal<readonly LocalMessage[]>([]);

  readonly messages = this.held.asReadonly();

  /**
   * Shows the message at once and hands it over; never rejects, the message itself tells of a failure.
   *
   * @param before What has to be told before it; waited for {@link PATIENCE_MS} at most.
   */
  async send({ text, ...message }: NewMessage, before?: Promise<void>): Promise<void> {
    await this.publish({ metadata: null, ...message, content: { kind: 'text', text } }, before);
  }

  /** The same for any content. */
  async publish(message: Omit<LocalMessage, 'isSending' | 'failure'>, before?: Promise<void>): Promise<void> {
    const local: LocalMessage = { ...message, isSending: true, failure: null };
    this.put(local);
    if (before !== undefined) await inTime(before);
    await this.handOver(local);
  }

  /** Hands a failed message over once more. */
  async retry(conversationId: ConversationId, message: Message): Promise<void> {
    const clientMessageId = message.delivery?.clientMessageId ?? null;
    if (clientMessageId === null || this.find(clientMessageId)?.isSending === true) return;
    const { dialogId, content, metadata, at } = message;
    const local: LocalMessage = {
      ...{ clientMessageId, conversationId, dialogId, content, metadata, at },
      ...{ isSending: true, failure: null },
    };
    this.put(local);
    await this.handOver(local);
  }

  /** Forgets messages of which the log knows more than this page. */
  forget(isSettled: (local: LocalMessage) => boolean): void {
    if (this.held().some(isSettled)) this.held.update((held) => held.filter((local) => !isSettled(local)));
  }

  private async handOver(local: LocalMessage): Promise<void> {
    const content = toSent(local.content);
    if (content === null) return;
    const { conversationId, clientMessageId, dialogId, metadata, replaces } = local;
    const extra = { ...(metadata !== null && { metadata }), ...(replaces !== undefined && { replaces }) };
    try {
      await this.bridge.sendMessage(conversationId, { clientMessageId, dialogId, content, ...extra });
      this.put({ ...local, isSending: false, failure: null });
    } catch (error) {
      this.put({ ...local, isSending: false, failure: toFailure(error) });
    }
  }

  private put(local: LocalMessage): void {
    this.held.update((held) => [
      ...held.filter((other) => other.clientMessageId !== local.clientMessageId),
      local,
    ]);
  }

  private find(clientMessageId: string): LocalMessage | undefined {
    return this.held().find((local) => local.clientMessageId === clientMessageId);
  }
}

export interface NewMessage {
  readonly clientMessageId: string;
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
  readonly text: string;
  /** Of the element that was used to say it. @see PROTOCOL.md §12.4 */
  readonly metadata?: Metadata | null;
  readonly at: number;
}

/** A chat state that hangs must not hold a message. */
const PATIENCE_MS = 1_000;

function inTime(before: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    const go = (): void => {
      clearTimeout(timer);
      resolve();
    };
    before.then(go, go);
  });
}

/** Whether the message may have gone out; without the bridge's answer nobody knows. */
const isUncertain = (code: string): boolean => code === 'bridge-unreachable' || UNCERTAIN_CODES.has(code);

function toFailure(error: unknown): DeliveryFailure {
  const problem = error instanceof BridgeFailure ? error.problem : BRIDGE_UNREACHABLE;
  return { problem, isAnswerMissing: isUncertain(problem.code), isReplaced: false };
}

function toSent(content: MessageContent): SentContent | null {
  if (content.kind === 'text') return { type: 'text', text: content.text };
  return content.kind === 'file' ? { type: 'file', file: content.file } : null;
}
