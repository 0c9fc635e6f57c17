import { signal } from '@angular/core';

import type {
  About,
  AcceptStatusRequest,
  AutomaticChatStateAnswer,
  ChatStateRequest,
  CloseConversationRequest,
  ConversationHistory,
  ConversationList,
  ConversationTokens,
  ConversationView,
  InstallationAnswer,
  InstallationList,
  InstallationView,
  OpenConversationRequest,
  PublishEventAnswer,
  PublishEventRequest,
  ReceiptAnswer,
  ReceiptRequest,
  SendMessageAnswer,
  SendMessageRequest,
} from '#protocol/bridge-api';
import { DEFAULT_CONVERSATION_OPTIONS } from '#protocol/bridge-api';
import type { CallsUnderWay, LogEntry } from '#protocol/bridge-events';
import type { AppKey, ConversationId } from '#protocol/identifiers';
import type { NotificationChange } from '#protocol/webhook-notification';

import type { Connection } from '../bridge/connection';
import type { Forgotten, LogListener } from '../bridge/kept-entries';
import { HERE, buildInstallation, endpointsAt } from './build-installation';
import { APP, CONSUMER, CONVERSATION, START } from './log-entries';

/** A call that the fake was asked to make, for what it leads to on the other side. */
export interface Told<Request> {
  readonly id: ConversationId;
  readonly request: Request;
}

/** The conversations' part of the bridge, in memory. Set `refusal` to make the next calls fail. */
export class FakeBridge {
  readonly listed: ConversationView[] = [];
  readonly opened: OpenConversationRequest[] = [];
  readonly messages: Told<SendMessageRequest>[] = [];
  readonly events: Told<PublishEventRequest>[] = [];
  readonly chatStates: Told<ChatStateRequest>[] = [];
  readonly statesByHand: Told<ChatStateRequest>[] = [];
  /** Those that were meant to outlive the page. */
  readonly lastWords: Told<ChatStateRequest>[] = [];
  readonly acceptStatuses: Told<AcceptStatusRequest>[] = [];
  /** Those that the app owes by itself. */
  readonly receipts: Told<ReceiptRequest>[] = [];
  receiptOutcome: ReceiptAnswer['outcome'] = 'told';
  readonly closed: Told<CloseConversationRequest>[] = [];
  /** What the cloud's history has; empty at first. */
  readonly histories = new Map<ConversationId, ConversationHistory>();
  readonly historiesRead: ConversationId[] = [];
  tokens: ConversationTokens = { appToken: null, consumerToken: null };
  /** The app that is asked for. */
  app = buildInstallation({ webhooks: endpointsAt(HERE) });
  /** All that the account has. */
  apps: readonly InstallationView[] = [];
  refusal: Error | null = null;

  conversations(app: AppKey): Promise<ConversationList> {
    return this.answer({ conversations: this.listed.filter((view) => view.appKey === app) });
  }

  openConversation(request: OpenConversationRequest): Promise<ConversationView> {
    this.opened.push(request);
    return this.answer(buildView({ name: request.consumer.name }));
  }

  about(): Promise<About> {
    return this.answer({
      ...{ version: '0.1.0', directoryHost: 'api.liveperson.net', emulator: null, localWebhookUrl: HERE },
      directoryHostQa: 'qa.directory.example',
    });
  }

  installation(): Promise<InstallationAnswer> {
    return this.answer({ installation: this.app, revision: '1' });
  }

  installations(): Promise<InstallationList> {
    return this.answer({ installations: this.apps, revision: '1' });
  }

  conversationHistory(id: ConversationId): Promise<ConversationHistory> {
    this.historiesRead.push(id);
    return this.answer(this.histories.get(id) ?? buildHistory([], { conversationId: id, isKnown: false }));
  }

  conversationTokens(): Promise<ConversationTokens> {
    return this.answer(this.tokens);
  }

  sendMessage(id: ConversationId, request: SendMessageRequest): Promise<SendMessageAnswer> {
    this.messages.push({ id, request });
    return this.answer({ messageSequence: this.messages.length - 1 });
  }

  publishEvent(id: ConversationId, request: PublishEventRequest): Promise<PublishEventAnswer> {
    this.events.push({ id, request });
    return this.answer({ messageSequence: this.events.length - 1 });
  }

  sendChatState(id: ConversationId, request: ChatStateRequest): Promise<void> {
    this.statesByHand.push({ id, request });
    this.chatStates.push({ id, request });
    return this.answer(undefined);
  }

  tellChatState(
    id: ConversationId,
    request: ChatStateRequest,
    { isLast = false }: { readonly isLast?: boolean } = {},
  ): Promise<AutomaticChatStateAnswer> {
    if (isLast) this.lastWords.push({ id, request });
    this.chatStates.push({ id, request });
    return this.answer({ outcome: 'told' });
  }

  sendAcceptStatus(id: ConversationId, request: AcceptStatusRequest): Promise<void> {
    this.acceptStatuses.push({ id, request });
    return this.answer(undefined);
  }

  tellReceipt(id: ConversationId, request: ReceiptRequest): Promise<ReceiptAnswer> {
    this.receipts.push({ id, request });
    return this.answer({ outcome: this.receiptOutcome });
  }

  closeConversation(id: ConversationId, request: CloseConversationRequest): Promise<void> {
    this.closed.push({ id, request });
    return this.answer(undefined);
  }

  private answer<Answer>(value: Answer): Promise<Answer> {
    return this.refusal === null ? Promise.resolve(value) : Promise.reject(this.refusal);
  }
}

/** The log, fed by hand. */
export class FakeEventLog {
  readonly connection = signal<Connection>({ kind: 'live' });
  readonly cursor = signal(0);
  readonly heardAt = signal<number | null>(null);
  readonly refusal = signal<unknown>(null);
  readonly underWay = signal<CallsUnderWay['calls']>([]);
  private readonly listeners = new Map<LogListener, () => void>();
  private readonly forgetters = new Set<(forgotten: Forgotten) => void>();
  private entries: LogEntry[] = [];

  follow(
    listener: LogListener,
    onReset: () => void = () => undefined,
    onForgotten: (forgotten: Forgotten) => void = () => undefined,
  ): () => void {
    this.listeners.set(listener, onReset);
    this.forgetters.add(onForgotten);
    if (this.entries.length > 0) listener(this.entries);
    return () => this.listeners.delete(listener);
  }

  get followers(): number {
    return this.listeners.size;
  }

  /** Delivers entries as one batch. */
  deliver(...entries: readonly LogEntry[]): void {
    this.entries.push(...entries);
    for (const listener of this.listeners.keys()) listener(entries);
  }

  /** The bridge's log has dropped everything up to there. */
  forgetThrough(sequence: number): void {
    const dropped = this.entries.filter((entry) => entry.sequence <= sequence);
    this.entries = this.entries.filter((entry) => entry.sequence > sequence);
    for (const forget of this.forgetters) forget({ dropped, kept: this.entries });
  }

  reset(): void {
    this.entries.length = 0;
    for (const reset of this.listeners.values()) reset();
  }
}

export function buildView({ name = CONSUMER.name, id = CONVERSATION } = {}): ConversationView {
  return {
    ...{ conversationId: id, appKey: APP, options: DEFAULT_CONVERSATION_OPTIONS, openedAt: START },
    consumer: { ...CONSUMER, name },
  };
}

/** An answer of the history with these changes of it. */
export function buildHistory(
  changes: readonly NotificationChange[],
  more: Partial<ConversationHistory> = {},
): ConversationHistory {
  return {
    ...{ conversationId: CONVERSATION, isKnown: true, isPartial: false, startedAt: START, changes },
    consumer: { name: CONSUMER.name, consumerId: CONSUMER.consumerId },
    ...more,
  };
}
