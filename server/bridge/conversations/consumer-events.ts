import type {
  AcceptStatusRequest,
  ChatStateRequest,
  CloseConversationRequest,
  ConversationView,
} from '#protocol/bridge-api';
import type { EventPublished } from '#protocol/bridge-events';

import type { EventStore } from '../event-store/event-store.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import { closeMainDialogRequest, closeRequest } from './connector-requests.ts';
import { audienceOf } from './conversations.ts';
import type { Publisher } from './publisher.ts';

/** What a consumer does beside writing: typing, accepting, reading, leaving. */
export class ConsumerEvents {
  private readonly publisher: Publisher;
  private readonly store: EventStore;

  constructor(publisher: Publisher, store: EventStore) {
    this.publisher = publisher;
    this.store = store;
  }

  async sendChatState(
    session: SignedIn,
    conversation: ConversationView,
    { dialogId, chatState }: ChatStateRequest,
  ): Promise<void> {
    const event = { type: 'ChatStateEvent', chatState } as const;
    await this.publisher.publish(session, conversation, { dialogId, event });
    await this.remember(session, conversation, { kind: 'event-published', dialogId, event });
  }

  async sendAcceptStatus(
    session: SignedIn,
    conversation: ConversationView,
    { dialogId, status, sequenceList, metadata }: AcceptStatusRequest,
  ): Promise<void> {
    const event = { type: 'AcceptStatusEvent', status, sequenceList } as const;
    await this.publisher.publish(session, conversation, { dialogId, event, metadata });
    const about = metadata === undefined ? {} : { metadata };
    await this.remember(session, conversation, { kind: 'event-published', dialogId, event, ...about });
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

  private async remember(
    session: SignedIn,
    conversation: ConversationView,
    payload: EventPublished,
  ): Promise<void> {
    const { conversationId } = conversation;
    await this.store.append([{ ...audienceOf(session), conversationId, payload, deliveryKey: null }]);
  }
}
