import * as v from 'valibot';

import type { PublishEventAnswer } from '#protocol/bridge-api';
import { ACCEPT_STATUSES, CHAT_STATES, isSequenced } from '#protocol/connector/events';

import { sequencePart } from '../upstream/answer-parts.ts';
import type { MessageToSend, Messages } from './messages.ts';
import type { PublishedEvents } from './published-events.ts';
import type { Publisher } from './publisher.ts';

/** Publishes events that a person has written by hand, as they are. */
export class RawEvents {
  private readonly messages: Messages;
  private readonly publisher: Publisher;
  private readonly published: PublishedEvents;

  constructor(messages: Messages, publisher: Publisher, published: PublishedEvents) {
    this.messages = messages;
    this.publisher = publisher;
    this.published = published;
  }

  /** @throws BridgeError as `Messages.send` does */
  publish(sending: MessageToSend): Promise<PublishEventAnswer> {
    return NO_MESSAGES.has(sending.message.event.type) ? this.tell(sending) : this.messages.send(sending);
  }

  /** Chat states and accept statuses are no messages: nothing of them belongs into the chat. */
  private async tell({ session, conversation, message }: MessageToSend): Promise<PublishEventAnswer> {
    const { dialogId, event, metadata } = message;
    const body = await this.publisher.publish(session, conversation, { dialogId, event, metadata });
    const known = v.safeParse(publishedSchema, event);
    if (known.success) {
      const about = metadata === undefined ? {} : { metadata };
      await this.published.tell(session, conversation, { dialogId, event: known.output, ...about });
    }
    const answer = v.safeParse(answerSchema, body);
    return { messageSequence: answer.success && isSequenced(event) ? answer.output.sequence : null };
  }
}

const NO_MESSAGES: ReadonlySet<string> = new Set(['ChatStateEvent', 'AcceptStatusEvent']);

const answerSchema = v.looseObject({ sequence: sequencePart });

/** What the cloud took although it is written otherwise is seen in the request alone. */
const publishedSchema = v.variant('type', [
  v.object({ type: v.literal('ChatStateEvent'), chatState: v.picklist(CHAT_STATES) }),
  v.object({
    type: v.literal('AcceptStatusEvent'),
    status: v.picklist(ACCEPT_STATUSES),
    sequenceList: v.array(v.number()),
  }),
]);
