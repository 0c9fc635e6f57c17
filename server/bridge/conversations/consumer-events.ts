import type {
  AcceptStatusRequest,
  ChatStateRequest,
  CloseConversationRequest,
  ConversationView,
} from '#protocol/bridge-api';

import type { SignedIn } from '../sign-in/session-store.ts';
import { closeMainDialogRequest, closeRequest } from './connector-requests.ts';
import type { PublishedEvents } from './published-events.ts';
import type { Publisher } from './publisher.ts';

/** What a consumer does beside writing: typing, accepting, reading, leaving. */
export class ConsumerEvents {
  private readonly publisher: Publisher;
  private readonly published: PublishedEvents;

  constructor(publisher: Publisher, published: PublishedEvents) {
    this.publisher = publisher;
    this.published = published;
  }

  async sendChatState(
    session: SignedIn,
    conversation: ConversationView,
    { dialogId, chatState }: ChatStateRequest,
  ): Promise<void> {
    const event = { type: 'ChatStateEvent', chatState } as const;
    await this.publisher.publish(session, conversation, { dialogId, event });
    await this.published.tell(session, conversation, { dialogId, event });
  }

  /** @returns whether the log knows of it, too */
  async sendAcceptStatus(
    session: SignedIn,
    conversation: ConversationView,
    request: AcceptStatusRequest,
  ): Promise<boolean> {
    const { dialogId, metadata } = request;
    await this.publisher.publish(session, conversation, { dialogId, event: acceptStatus(request), metadata });
    return this.tellAcceptStatus(session, conversation, request);
  }

  /** Tells the log of one that the cloud has. @returns whether the log took it */
  tellAcceptStatus(
    session: SignedIn,
    conversation: ConversationView,
    request: AcceptStatusRequest,
  ): Promise<boolean> {
    const { dialogId, metadata } = request;
    const about = metadata === undefined ? {} : { metadata };
    return this.published.tell(session, conversation, { dialogId, event: acceptStatus(request), ...about });
  }

  /** That it is closed is told by the notification that follows. */
  async close(
    session: SignedIn,
    conversation: ConversationView,
    { mode }: CloseConversationRequest,
  ): Promise<void> {
    const { conversationId } = conversation;
    const request = mode === 'survey' ? closeMainDialogRequest(conversationId) : closeRequest(conversationId);
    const summary = mode === 'survey' ? 'close the main dialog' : 'close the conversation';
    await this.publisher.send(session, conversation, {
      request,
      summary: `cm.UpdateConversationField ${summary}`,
    });
  }
}

const acceptStatus = ({ status, sequenceList }: AcceptStatusRequest) =>
  ({ type: 'AcceptStatusEvent', status, sequenceList }) as const;
