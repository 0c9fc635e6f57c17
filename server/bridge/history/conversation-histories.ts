import type { ConversationHistory } from '#protocol/bridge-api';
import { asConsumerId, type ConversationId } from '#protocol/identifiers';
import type { NotificationChange } from '#protocol/webhook-notification';

import type { ConversationRegistry } from '../conversations/conversation-registry.ts';
import { audienceOf } from '../conversations/conversations.ts';
import type { MessageEchoes } from '../conversations/message-echoes.ts';
import { BridgeError } from '../errors/bridge-error.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SignedIn } from '../sign-in/session-store.ts';
import type { HistoryClient } from '../upstream/history-client.ts';
import type { HistoryRecord } from '../upstream/history-record.ts';
import { historyChanges } from './history-changes.ts';

export interface ConversationHistoriesDeps {
  readonly access: CloudAccess;
  readonly client: HistoryClient;
  readonly registry: ConversationRegistry;
  readonly echoes: MessageEchoes;
}

/** Reads from the cloud what the log may lack: webhooks that never came, and what was there before the log. */
export class ConversationHistories {
  private readonly deps: ConversationHistoriesDeps;

  constructor(deps: ConversationHistoriesDeps) {
    this.deps = deps;
  }

  /**
   * What the cloud keeps of a conversation, also of one that another server opened: the signed-in user's own authority
   * decides. Own messages found in it settle those whose answer and echo got lost.
   *
   * @throws BridgeError `unknown-conversation` when it is somebody else's here; `upstream-…`
   */
  async read(session: SignedIn, conversationId: ConversationId): Promise<ConversationHistory> {
    const { access, client, registry } = this.deps;
    const owner = registry.ownerOfConversation(session.account, conversationId);
    if (owner !== null && owner !== session.userId) {
      throw new BridgeError('unknown-conversation', `The conversation ${conversationId} is not yours.`);
    }
    const context = access.contextOf(session, owner === null ? null : conversationId);
    // Somebody may be looking at the button that asked for it: a failure is told at once, and the button stays.
    const record = await client.find(context, conversationId);
    if (record === null) return notThere(conversationId);
    const changes = historyChanges(record);
    if (owner !== null) await this.settleLost(session, changes);
    return { conversationId, isKnown: true, ...headOf(record), changes };
  }

  private async settleLost(session: SignedIn, changes: readonly NotificationChange[]): Promise<void> {
    for (const change of changes) await this.deps.echoes.noteFromHistory(audienceOf(session), change);
  }
}

const notThere = (conversationId: ConversationId): ConversationHistory => ({
  ...{ conversationId, isKnown: false, isPartial: false, consumer: null, startedAt: null, changes: [] },
});

function headOf({ info, consumerParticipants }: HistoryRecord) {
  const consumer = consumerParticipants.find((each) => each !== null);
  return {
    isPartial: info.isPartial ?? false,
    startedAt: info.startTimeL ?? null,
    consumer: consumer
      ? {
          name: consumer.firstName ?? consumer.consumerName ?? null,
          consumerId: asConsumerId(consumer.participantId),
        }
      : null,
  };
}
