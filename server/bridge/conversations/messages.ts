import { createHash } from 'node:crypto';

import * as v from 'valibot';

import type { ConversationView, SendMessageAnswer } from '#protocol/bridge-api';
import type { LogPayload } from '#protocol/bridge-events';
import type { MessagingEvent, Metadata, RawEvent } from '#protocol/connector/events';
import type { DialogId } from '#protocol/identifiers';
import { UNCERTAIN_CODES } from '#protocol/problem';

import { BridgeError } from '../errors/bridge-error.ts';
import type { Audience, EventStore, NewEntry } from '../event-store/event-store.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import { sequencePart } from '../upstream/answer-parts.ts';
import { audienceOf } from './conversations.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { contentKey } from './message-echoes.ts';
import { answerLost, type MessageOutcomes } from './message-outcomes.ts';
import type { Publisher } from './publisher.ts';
import type { SendKey, SendLedger, SendRecord, SendState } from './send-ledger.ts';

export interface MessagesDeps {
  readonly publisher: Publisher;
  readonly ledger: SendLedger;
  readonly store: EventStore;
  readonly outcomes: MessageOutcomes;
  readonly now: () => number;
}

/** What is to be published, under a name that makes it one message however often it is handed over. */
export interface OutgoingMessage {
  readonly clientMessageId: string;
  readonly dialogId: DialogId;
  readonly event: MessagingEvent | RawEvent;
  readonly metadata?: Metadata;
  /** The message that its writer gave up waiting for. */
  readonly replaces?: string;
}

/** A message of someone on its way into a conversation. */
export interface MessageToSend {
  readonly session: SignedIn;
  readonly conversation: ConversationView;
  readonly message: OutgoingMessage;
  /** For the problem that a failure leaves in the log. */
  readonly requestId: string;
}

/** Sends messages: in order, and each at most once. */
export class Messages {
  private readonly deps: MessagesDeps;
  private readonly queue = new KeyedQueue();

  constructor(deps: MessagesDeps) {
    this.deps = deps;
  }

  /**
   * Publishes a message, or tells what became of it when this id was published before. What was surely not published
   * is tried again.
   *
   * @throws BridgeError `answer-lost` when nobody knows whether it arrived
   */
  send(sending: MessageToSend): Promise<SendMessageAnswer> {
    return this.queue.run(sending.conversation.conversationId, () => this.sendInTurn(sending));
  }

  private async sendInTurn(sending: MessageToSend): Promise<SendMessageAnswer> {
    const { conversation, message } = sending;
    const key = { conversationId: conversation.conversationId, clientMessageId: message.clientMessageId };
    const fingerprint = fingerprintOf(message);
    const before = this.deps.ledger.find(key);
    const settled = before === null ? null : settledAnswer(before, fingerprint);
    if (settled !== null) return settled;
    const { dialogId, event } = message;
    const content = contentKey(dialogId, { ...event });
    // Before the log has it: what stands there must never lack somebody who knows how it ended.
    this.deps.ledger.begin(key, { dialogId, fingerprint, content }, this.deps.now());
    return this.publish(sending, key);
  }

  private async submit({ session, message }: MessageToSend, key: SendKey): Promise<void> {
    const { clientMessageId, dialogId, event, metadata, replaces } = message;
    const payload: LogPayload = {
      kind: 'message-submitted',
      clientMessageId,
      dialogId,
      event,
      ...(metadata !== undefined && { metadata }),
      ...(replaces !== undefined && { replaces }),
    };
    const deliveryKey = `submitted/${key.conversationId}/${clientMessageId}`;
    await this.deps.store.append([{ ...entryOf(audienceOf(session), key, payload), deliveryKey }]);
  }

  private async publish(sending: MessageToSend, key: SendKey): Promise<SendMessageAnswer> {
    const { session, conversation, message } = sending;
    const { dialogId, event, metadata } = message;
    const way = { hasLeft: false };
    const leaving = (): void => {
      this.deps.ledger.markLeft(key);
      way.hasLeft = true;
    };
    try {
      await this.submit(sending, key);
      const publication = { dialogId, event, metadata, leaving };
      const body = await this.deps.publisher.publish(session, conversation, publication);
      return await this.succeed(sending, key, sequenceOf(body));
    } catch (error) {
      const state = way.hasLeft ? stateAfter(error) : 'refused';
      const echoed = state === 'lost' ? this.deps.ledger.find(key)?.messageSequence : null;
      // The echo was faster than the loss of the answer.
      if (typeof echoed === 'number') return this.succeed(sending, key, echoed);
      const { requestId } = sending;
      await this.deps.outcomes.fail(audienceOf(session), key, { error, requestId, state });
      throw error;
    }
  }

  private async succeed(
    { session, message: { dialogId } }: MessageToSend,
    key: SendKey,
    messageSequence: number,
  ): Promise<SendMessageAnswer> {
    await this.deps.outcomes.succeed(audienceOf(session), { ...key, dialogId, messageSequence });
    return { messageSequence };
  }
}

/** What a repeated id gets; `null`: it may be published. @throws BridgeError `answer-lost`, `invalid-request` */
function settledAnswer(record: SendRecord, fingerprint: string): SendMessageAnswer | null {
  if (record.fingerprint !== fingerprint) {
    throw new BridgeError('invalid-request', 'This clientMessageId was used for another message.', {
      fields: [{ path: 'clientMessageId', message: 'Use a new id for each message.' }],
    });
  }
  if (record.messageSequence !== null) return { messageSequence: record.messageSequence };
  if (record.state === 'refused') return null;
  throw answerLost();
}

/** A 5xx, an unreadable answer or a defect says nothing about whether the message got through. */
function stateAfter(error: unknown): Extract<SendState, 'refused' | 'lost'> {
  const isUncertain = !(error instanceof BridgeError) || UNCERTAIN_CODES.has(error.code);
  return isUncertain ? 'lost' : 'refused';
}

function entryOf(audience: Audience, { conversationId }: SendKey, payload: LogPayload): NewEntry {
  return { ...audience, conversationId, payload, deliveryKey: null };
}

function fingerprintOf({ dialogId, event, metadata }: OutgoingMessage): string {
  return createHash('sha256')
    .update(JSON.stringify([dialogId, event, metadata]))
    .digest('base64url');
}

const publishedSchema = v.looseObject({ sequence: sequencePart });

function sequenceOf(body: unknown): number {
  const result = v.safeParse(publishedSchema, body);
  if (result.success) return result.output.sequence;
  throw new BridgeError(
    'upstream-failed',
    'The Connector API took the message without telling its sequence.',
  );
}
