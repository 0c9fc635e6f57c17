import { randomUUID } from 'node:crypto';

import * as v from 'valibot';

import type { ConversationView, OpenConversationRequest } from '#protocol/bridge-api';
import type { ConsumerIdentity, ExchangeRecorded } from '#protocol/bridge-events';
import { asConversationId, type AppKey, type ConversationId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import type { Audience, EventStore } from '../event-store/event-store.ts';
import { exchangeEntry, type ExchangeRecorder } from '../event-store/exchange-recorder.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import { idPart } from '../upstream/answer-parts.ts';
import type { UpstreamContext } from '../upstream/upstream-call.ts';
import type { ConnectorAnswer, ConversationClient } from '../upstream/conversation-client.ts';
import type { ConnectorCalls } from './connector-calls.ts';
import { openingRequests } from './connector-requests.ts';
import type { ConversationRegistry } from './conversation-registry.ts';
import type { Openings } from './openings.ts';

export interface ConversationsDeps {
  readonly access: CloudAccess;
  readonly calls: ConnectorCalls;
  readonly client: ConversationClient;
  readonly registry: ConversationRegistry;
  readonly openings: Openings;
  readonly store: EventStore;
  readonly recorder: ExchangeRecorder;
  readonly now: () => number;
}

/** Opens and finds a person's conversations. */
export class Conversations {
  private readonly deps: ConversationsDeps;

  constructor(deps: ConversationsDeps) {
    this.deps = deps;
  }

  /** @throws BridgeError `already-open`, `app-disabled`, `token-refused`, `store-unavailable`, `upstream-…` */
  async open(session: SignedIn, request: OpenConversationRequest): Promise<ConversationView> {
    const audience = audienceOf(session);
    // Opened and not logged, it would be one that nobody sees and that keeps the next one from being opened.
    await this.deps.store.tryWriting();
    // The exchanges belong to a conversation whose id is known only after them.
    const exchanges: ExchangeRecorded[] = [];
    try {
      const view = await this.openAtCloud(session, request, (exchange) => void exchanges.push(exchange));
      this.deps.registry.add(audience, view);
      const { conversationId, appKey, consumer, options } = view;
      await this.deps.store.append([
        ...exchanges.splice(0).map((exchange) => exchangeEntry(audience, conversationId, exchange)),
        {
          ...audience,
          conversationId,
          payload: { kind: 'conversation-opened', appKey, consumer, options },
          deliveryKey: `opened/${conversationId}`,
        },
      ]);
      this.deps.openings.end({ audience, consumer });
      return view;
    } catch (error) {
      await this.deps.recorder.write(audience, null, exchanges);
      throw error;
    }
  }

  /** @throws BridgeError `unknown-conversation` */
  find(session: SignedIn, conversationId: ConversationId): ConversationView {
    const view = this.deps.registry.find(audienceOf(session), conversationId);
    if (view !== null) return view;
    throw new BridgeError(
      'unknown-conversation',
      `There is no conversation ${conversationId} of yours here.`,
    );
  }

  list(session: SignedIn, appKey: AppKey | null): readonly ConversationView[] {
    return this.deps.registry.list(audienceOf(session), appKey);
  }

  private async openAtCloud(
    session: SignedIn,
    { appKey, consumer, options }: OpenConversationRequest,
    record: UpstreamContext['record'],
  ): Promise<ConversationView> {
    const { access, calls, client, registry, openings, now } = this.deps;
    const context = access.contextWith(session, record);
    const externalId = consumer.externalId ?? randomUUID();
    const requests = openingRequests(session.account, consumer.name, options);
    const speaker = { appKey, externalId, features: options.features };
    return calls.run(context, speaker, async (credentials) => {
      const { consumerId } = credentials;
      const audience = audienceOf(session);
      registry.registerConsumer(audience, consumerId);
      const identity: ConsumerIdentity = { name: consumer.name, externalId, consumerId };
      const opening = { audience, appKey, consumer: identity, options, askedAt: now() };
      const conversationId = await openings.run(opening, async () =>
        conversationIdOf(await asOpeningErrors(client.open(context, credentials, requests))),
      );
      return { conversationId, appKey, consumer: identity, options, openedAt: now() };
    });
  }
}

export function audienceOf({ account, userId }: SignedIn): Audience {
  return { account, owner: userId };
}

const openedSchema = v.looseObject({ conversationId: idPart });

function conversationIdOf(results: readonly ConnectorAnswer[]): ConversationId {
  const result = v.safeParse(openedSchema, results[1]?.body);
  if (result.success) return asConversationId(result.output.conversationId);
  throw new BridgeError('upstream-failed', 'The Connector API answered without the id of the conversation.');
}

async function asOpeningErrors<Result>(opening: Promise<Result>): Promise<Result> {
  try {
    return await opening;
  } catch (error) {
    if (
      !(error instanceof BridgeError) ||
      !/already has open conversation/i.test(error.upstream?.message ?? '')
    ) {
      throw error;
    }
    throw new BridgeError(
      'already-open',
      'A consumer can have one open conversation. Close it first, or start as another consumer.',
      { cause: error, ...(error.upstream && { upstream: error.upstream }) },
    );
  }
}
