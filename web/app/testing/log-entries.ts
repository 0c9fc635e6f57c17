import type { LogEntry, LogPayload } from '#protocol/bridge-events';
import { DEFAULT_CONVERSATION_OPTIONS } from '#protocol/bridge-api';
import type { AcceptStatus, Metadata } from '#protocol/connector/events';
import { asAppKey, asConsumerId, asConversationId, asDialogId, type AppKey } from '#protocol/identifiers';
import type { Problem } from '#protocol/problem';
import type { DialogDetails, NotificationChange } from '#protocol/webhook-notification';

export const CONVERSATION = asConversationId('c1');
export const MAIN = asDialogId('c1');
export const SURVEY = asDialogId('PwT_YK91Sum3vu5H6T3YnA');
export const APP = asAppKey('app-1');
export const OTHER_APP = asAppKey('app-2');
export const CONSUMER = { name: 'Kim', externalId: 'x-1', consumerId: asConsumerId('consumer-1') };
export const AGENT_ID = 'agent-1';
export const START = Date.UTC(2026, 0, 15, 10, 0, 0);

/** A log that numbers and times what is put into it, as the bridge does. */
export class LogWriter {
  readonly entries: LogEntry[] = [];
  private sequence = 0;
  private deliveredFor = APP;

  constructor(private readonly conversationId = CONVERSATION) {}

  add(payload: LogPayload, conversationId: LogEntry['conversationId'] = this.conversationId): LogEntry {
    this.sequence += 1;
    const entry: LogEntry = {
      sequence: this.sequence,
      at: START + this.sequence * 1000,
      conversationId,
      ...payload,
    };
    this.entries.push(entry);
    return entry;
  }

  opened(): this {
    this.add({
      kind: 'conversation-opened',
      appKey: APP,
      consumer: CONSUMER,
      options: DEFAULT_CONVERSATION_OPTIONS,
    });
    return this;
  }

  submitted(clientMessageId: string, text: string, dialogId = MAIN, replaces?: string): this {
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: text } as const;
    const extra = replaces === undefined ? {} : { replaces };
    this.add({ kind: 'message-submitted', clientMessageId, dialogId, event, ...extra });
    return this;
  }

  sent(clientMessageId: string, messageSequence: number, dialogId = MAIN): this {
    this.add({ kind: 'message-sent', clientMessageId, dialogId, messageSequence });
    return this;
  }

  failed(
    clientMessageId: string,
    { isAnswerMissing = false, problem }: { isAnswerMissing?: boolean; problem?: Problem } = {},
  ): this {
    problem ??= isAnswerMissing ? LOST : REFUSED;
    this.add({ kind: 'message-failed', clientMessageId, problem, isAnswerMissing });
    return this;
  }

  ownReceipt(
    status: AcceptStatus,
    sequenceList: readonly number[],
    dialogId = MAIN,
    metadata?: Metadata,
  ): this {
    this.add({
      kind: 'event-published',
      dialogId,
      event: { type: 'AcceptStatusEvent', status, sequenceList },
      ...(metadata !== undefined && { metadata }),
    });
    return this;
  }

  notification(change: NotificationChange, type = 'ms.MessagingEventNotification'): this {
    this.add({ ...buildNotification(change, type), appKey: this.deliveredFor });
    return this;
  }

  /** The webhooks from here on are delivered for this app. */
  forApp(appKey: AppKey): this {
    this.deliveredFor = appKey;
    return this;
  }

  /** The consumer's own message, come back. */
  echo(sequence: number, text: string, dialogId = MAIN): this {
    return this.notification(buildMessage({ sequence, text, dialogId, role: 'CONSUMER' }));
  }

  agentSays(sequence: number, text: string, more: MessageParts = {}): this {
    return this.notification(buildMessage({ sequence, text, ...more }));
  }

  agentReceipt(status: AcceptStatus, sequenceList: readonly number[], sequence = 50): this {
    return this.notification(
      buildMessage({ sequence, event: { type: 'AcceptStatusEvent', status, sequenceList } }),
    );
  }

  agentState(chatState: string, dialogId = MAIN): this {
    const change = buildMessage({ event: { type: 'ChatStateEvent', chatState }, dialogId });
    delete change['sequence'];
    delete change['serverTimestamp'];
    return this.notification(change);
  }

  conversation(parts: ConversationParts = {}): this {
    return this.notification(buildConversation(parts), 'cqm.ExConversationChangeNotification');
  }
}

export interface MessageParts {
  readonly sequence?: number;
  readonly text?: string;
  readonly role?: string;
  readonly originatorId?: string;
  readonly dialogId?: string;
  readonly event?: Readonly<Record<string, unknown>>;
  readonly audience?: string;
}

export function buildMessage({
  sequence = 0,
  text = 'Hello',
  ...parts
}: MessageParts): Record<string, unknown> {
  const { role = 'ASSIGNED_AGENT', dialogId = MAIN, audience = 'ALL' } = parts;
  const originatorId = parts.originatorId ?? (role === 'CONSUMER' ? CONSUMER.consumerId : AGENT_ID);
  return {
    sequence,
    originatorId,
    originatorMetadata: { id: originatorId, role },
    serverTimestamp: START + sequence * 2000,
    event: parts.event ?? { type: 'ContentEvent', contentType: 'text/plain', message: text },
    conversationId: CONVERSATION,
    dialogId,
    messageAudience: audience,
  };
}

export function buildNotification(
  change: NotificationChange,
  type = 'ms.MessagingEventNotification',
): Extract<LogPayload, { kind: 'notification' }> {
  return {
    ...{ kind: 'notification', deliveryId: 'd1', appKey: APP, type, changeIndex: 0, changeCount: 1 },
    ...{ change, signature: 'valid', headers: { 'content-type': 'application/json' }, sizeBytes: 300 },
  };
}

export interface ConversationParts {
  readonly state?: string;
  readonly stage?: string;
  readonly stamp?: number;
  readonly roles?: readonly string[];
  readonly survey?: 'OPEN' | 'CLOSE';
  readonly closeReason?: string;
}

/** The complete state of a conversation; the survey stands first, as real deliveries may have it. */
export function buildConversation(parts: ConversationParts = {}): Record<string, unknown> {
  const {
    state = 'OPEN',
    stage = state,
    stamp = START,
    roles = ['CONSUMER', 'ASSIGNED_AGENT'],
    survey,
  } = parts;
  const main = { dialogId: MAIN, dialogType: 'MAIN', state, creationTs: START, metaDataLastUpdateTs: stamp };
  const dialogs: DialogDetails[] = [
    ...(survey === undefined
      ? []
      : [
          {
            dialogId: SURVEY,
            dialogType: 'POST_SURVEY',
            state: survey,
            creationTs: START + 1,
            metaDataLastUpdateTs: stamp,
          },
        ]),
    main,
  ];
  const conversationDetails = {
    ...{ skillId: '-1', brandId: 'demo', state, stage, startTs: START, metaDataLastUpdateTs: stamp, dialogs },
    participants: roles.map((role) => ({
      id: role === 'CONSUMER' ? CONSUMER.consumerId : `${role} id`,
      role,
    })),
    ...(parts.closeReason === undefined ? {} : { closeReason: parts.closeReason }),
  };
  return { type: 'UPSERT', result: { convId: CONVERSATION, conversationDetails } };
}

/** A message of which nobody knows whether the cloud took it. */
export const LOST: Problem = {
  code: 'answer-lost',
  status: 504,
  title: 'The answer got lost',
  detail: 'asyncMessagingEnt gave no answer.',
  requestId: 'r2',
  upstream: {
    ...{ service: 'asyncMessagingEnt', status: null, code: null, message: 'the connection broke' },
    exchangeId: 'exchange-2',
  },
};

export const REFUSED: Problem = {
  code: 'upstream-rejected',
  status: 502,
  title: 'LivePerson refused the call',
  detail: 'The message was refused.',
  requestId: 'r1',
  upstream: {
    ...{ service: 'asyncMessagingEnt', status: 400, code: 'BAD_REQUEST', message: 'Bad Request' },
    ...{ environment: 'liveperson', exchangeId: 'exchange-1' },
  },
};
