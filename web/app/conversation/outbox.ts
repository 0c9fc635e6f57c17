import { Service, effect, inject, untracked } from '@angular/core';

import type { MessageContent as SentContent } from '#protocol/bridge-api';
import type { Metadata } from '#protocol/connector/events';
import type { ConversationId, DialogId } from '#protocol/identifiers';
import { UNCERTAIN_CODES } from '#protocol/problem';

import { BridgeClient } from '../bridge/bridge-client';
import { BRIDGE_UNREACHABLE, BridgeFailure } from '../bridge/bridge-failure';
import { TabMemory } from '../bridge/tab-memory';
import { ConversationLog, type FactsByConversation } from './conversation-log';
import { NO_ANSWER, type LocalMessage } from './local-messages';
import type { DeliveryFailure, Message } from './message';
import type { MessageContent } from './message-content';
import { NO_MESSAGES, asCutOff, countUnsent, eachOnce, isLocalMessages } from './unsent-messages';

/**
 * Messages on their way to the bridge. A retry sends the same `clientMessageId`, which the bridge publishes once. What has
 * not arrived is there again after a reload, and in a new tab when this one was closed.
 */
@Service({ autoProvided: false })
export class Outbox {
  private readonly bridge = inject(BridgeClient);
  private readonly log = inject(ConversationLog);

  private readonly held = inject(TabMemory).words('unsent', NO_MESSAGES, isLocalMessages, countUnsent);

  readonly messages = this.held.asReadonly();

  constructor() {
    if (this.held().length > 0) this.held.update((held) => eachOnce(held).map(asCutOff));
    effect(() => {
      if (!this.log.isCaughtUp()) return;
      const facts = this.log.facts();
      untracked(() => this.failCutOff(facts));
    });
  }

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
    const before = clientMessageId === null ? undefined : this.find(clientMessageId);
    if (clientMessageId === null || before?.isSending === true) return;
    const { dialogId, content, metadata, at } = message;
    const local: LocalMessage = {
      ...{ clientMessageId, conversationId, dialogId, content, metadata, at },
      ...{ isSending: true, failure: null, isDoubtful: isInDoubt(before) },
      ...(before?.replaces !== undefined && { replaces: before.replaces }),
    };
    this.put(local);
    await this.handOver(local);
  }

  /** Forgets messages of which the log knows more than this page. */
  forget(isSettled: (local: LocalMessage) => boolean): void {
    if (!this.held().some(isSettled)) return;
    const left = this.held().filter((local) => !isSettled(local));
    this.held.set(left.length === 0 ? NO_MESSAGES : left);
  }

  /** What the log does not know once it has told all, the bridge never had; a stream lost later changes nothing of that. */
  private failCutOff(facts: FactsByConversation): void {
    const isMissed = ({ isCutOff, conversationId, clientMessageId }: LocalMessage): boolean =>
      isCutOff === true && facts.get(conversationId)?.submissions.has(clientMessageId) !== true;
    if (!this.held().some(isMissed)) return;
    this.held.update((held) => held.map((local) => (isMissed(local) ? asMissed(local) : local)));
  }

  private async handOver(local: LocalMessage): Promise<void> {
    const content = toSent(local.content);
    if (content === null) return;
    const { conversationId, clientMessageId, dialogId, metadata, replaces } = local;
    const extra = { ...(metadata !== null && { metadata }), ...(replaces !== undefined && { replaces }) };
    try {
      await this.bridge.sendMessage(conversationId, { clientMessageId, dialogId, content, ...extra });
      this.settle({ ...local, isSending: false, failure: null });
    } catch (error) {
      this.settle({ ...local, isSending: false, failure: toFailure(error) });
    }
  }

  /** What was forgotten while it was on its way stays forgotten: the log has it, or its writer has signed out. */
  private settle(local: LocalMessage): void {
    if (this.find(local.clientMessageId) !== undefined) this.put(local);
  }

  /** One that is tried again keeps its place: what stands below it must not move away from under the pointer. */
  private put(local: LocalMessage): void {
    const isHeld = this.find(local.clientMessageId) !== undefined;
    this.held.update((held) =>
      isHeld
        ? held.map((other) => (other.clientMessageId === local.clientMessageId ? local : other))
        : [...held, local],
    );
  }

  private find(clientMessageId: string): LocalMessage | undefined {
    return this.held().find((local) => local.clientMessageId === clientMessageId);
  }
}

const isInDoubt = (local: LocalMessage | undefined): boolean =>
  local?.isDoubtful === true || local?.failure?.isAnswerMissing === true;

const asMissed = (local: LocalMessage): LocalMessage => ({ ...local, isCutOff: false, failure: NO_ANSWER });

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
