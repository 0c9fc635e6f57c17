import type { LogPayload } from '#protocol/bridge-events';
import type { DialogId } from '#protocol/identifiers';
import type { Problem } from '#protocol/problem';

import { BridgeError } from '../errors/bridge-error.ts';
import { toProblem } from '../errors/problems.ts';
import type { Audience, EventStore } from '../event-store/event-store.ts';
import type { Logger } from '../logging/loggers.ts';
import type { SendKey, SendLedger, SendState, UntoldSend } from './send-ledger.ts';

export interface MessageOutcomesDeps {
  readonly ledger: SendLedger;
  readonly store: EventStore;
  readonly log: Logger;
}

/** A message that has its sequence in the cloud. */
export interface SentMessage extends SendKey {
  readonly dialogId: DialogId;
  readonly messageSequence: number;
}

export interface Failure {
  readonly error: unknown;
  readonly requestId: string;
  readonly state: Extract<SendState, 'refused' | 'lost'>;
}

const MAY_HAVE_ARRIVED =
  'The message may have arrived, its answer never came. Send it as a new message if it does not appear as a notification.';
const NEVER_LEFT = 'The server stopped before the message had left. Send it again.';

export const answerLost = (): BridgeError => new BridgeError('answer-lost', MAY_HAVE_ARRIVED);
const neverLeft = (): BridgeError => new BridgeError('stopped-before-sending', NEVER_LEFT);

/**
 * Settles what became of messages and tells the log. The ledger remembers what the log was not told, because it could not be
 * written to or the bridge ended in between: the next start tells it.
 */
export class MessageOutcomes {
  private readonly deps: MessageOutcomesDeps;

  constructor(deps: MessageOutcomesDeps) {
    this.deps = deps;
  }

  async succeed(audience: Audience, sent: SentMessage): Promise<void> {
    this.deps.ledger.settle(sent, { state: 'sent', messageSequence: sent.messageSequence });
    await this.tellSent(audience, sent);
  }

  async fail(audience: Audience, key: SendKey, { error, requestId, state }: Failure): Promise<void> {
    const expected = error instanceof BridgeError ? error : new BridgeError('internal', 'The bridge failed.');
    const problem = toProblem(expected, requestId);
    this.deps.ledger.settle(key, { state, problem });
    await this.tellFailed(audience, key, { problem, isAnswerMissing: state === 'lost' });
  }

  /** Called at start: settles what was on its way when the bridge died, and tells what the log does not know. */
  async recover(): Promise<void> {
    for (const send of this.deps.ledger.untold()) await this.recoverOne(send);
  }

  /** The message's fate is settled already: a log that cannot be written to must not change it. */
  async tellSent(
    audience: Audience,
    { dialogId, messageSequence, conversationId, clientMessageId }: SentMessage,
  ): Promise<void> {
    const payload: LogPayload = { kind: 'message-sent', clientMessageId, dialogId, messageSequence };
    await this.tell(audience, { conversationId, clientMessageId }, payload);
  }

  private async recoverOne(send: UntoldSend): Promise<void> {
    const { state, messageSequence, hasLeft, problem } = send;
    // Its echo came before the end, or its answer did.
    if (messageSequence !== null) return this.succeed(send, { ...send, messageSequence });
    if (state !== 'sending' && problem !== null) {
      return this.tellFailed(send, send, { problem, isAnswerMissing: state === 'lost' });
    }
    const failure = hasLeft ? LOST_AT_START() : UNSENT_AT_START();
    return this.fail(send, send, { ...failure, requestId: 'start' });
  }

  private tellFailed(
    audience: Audience,
    { conversationId, clientMessageId }: SendKey,
    failed: { readonly problem: Problem; readonly isAnswerMissing: boolean },
  ): Promise<void> {
    const payload: LogPayload = { kind: 'message-failed', clientMessageId, ...failed };
    return this.tell(audience, { conversationId, clientMessageId }, payload);
  }

  private async tell({ account, owner }: Audience, key: SendKey, payload: LogPayload): Promise<void> {
    const { conversationId, clientMessageId } = key;
    // Whoever ends between the two tells it twice; that it was sent is told once all the same.
    const deliveryKey = payload.kind === 'message-sent' ? `sent/${conversationId}/${clientMessageId}` : null;
    try {
      await this.deps.store.append([{ account, owner, conversationId, payload, deliveryKey }]);
      this.deps.ledger.markTold(key);
    } catch (error) {
      this.deps.log.error({ err: error, ...key }, 'what became of a message could not be stored');
    }
  }
}

const LOST_AT_START = () => ({ state: 'lost', error: answerLost() }) as const;
const UNSENT_AT_START = () => ({ state: 'refused', error: neverLeft() }) as const;
