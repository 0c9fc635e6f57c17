import { randomUUID } from 'node:crypto';

import type { ConversationView } from '#protocol/bridge-api';
import type { ConnectorRequest } from '#protocol/connector/envelope';
import { publishRequest, type Publication } from '#protocol/connector/publish-request';

import { BridgeError } from '../errors/bridge-error.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import type { ConversationClient } from '../upstream/conversation-client.ts';
import type { ConnectorCalls } from './connector-calls.ts';
import type { ConversationRegistry } from './conversation-registry.ts';

export interface PublisherDeps {
  readonly access: CloudAccess;
  readonly calls: ConnectorCalls;
  readonly client: ConversationClient;
  readonly registry: ConversationRegistry;
}

/** A request, what the log calls it, and as in {@link Publishing}. */
export interface Sending extends Pick<Publishing, 'leaving'> {
  readonly request: ConnectorRequest;
  readonly summary: string;
}

/** What is published, and what is to be done in the moment in which the call leaves: until then it is surely not published. */
export interface Publishing extends Omit<Publication, 'conversationId'> {
  readonly leaving?: () => void;
}

/** Sends requests of the Connector API into a conversation, as its consumer. */
export class Publisher {
  private readonly deps: PublisherDeps;

  constructor(deps: PublisherDeps) {
    this.deps = deps;
  }

  /** Publishes an event and gives the body of the answer. @throws BridgeError */
  publish(
    session: SignedIn,
    conversation: ConversationView,
    { leaving, ...publication }: Publishing,
  ): Promise<unknown> {
    const { conversationId } = conversation;
    const summary = `ms.PublishEvent ${publication.event.type}`;
    return this.send(session, conversation, {
      request: publishRequest(randomUUID(), { ...publication, conversationId }),
      summary,
      ...(leaving && { leaving }),
    });
  }

  /** Sends any request and gives the body of the answer. @throws BridgeError `conversation-closed` among others */
  async send(
    session: SignedIn,
    { conversationId, appKey, consumer, options }: ConversationView,
    { leaving, ...sending }: Sending,
  ): Promise<unknown> {
    const { access, calls, client, registry } = this.deps;
    const context = access.contextOf(session, conversationId);
    const speaker = { appKey, externalId: consumer.externalId, features: options.features };
    try {
      const answer = await calls.run(context, speaker, (credentials) => {
        leaving?.();
        return client.send(context, credentials, sending);
      });
      return answer.body;
    } catch (error) {
      const isRefused = error instanceof BridgeError && error.code === 'upstream-rejected';
      if (!isRefused || !registry.isClosed(conversationId)) throw error;
      // The cloud only says "Bad Request"; that the conversation is closed is known from its notifications.
      throw new BridgeError('conversation-closed', 'The conversation is closed. Start a new one to go on.', {
        cause: error,
        ...(error.upstream && { upstream: error.upstream }),
      });
    }
  }
}
