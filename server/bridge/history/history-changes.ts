import {
  type ConversationChange,
  type DialogDetails,
  type MessageChange,
  type NotificationChange,
  type ParticipantRole,
} from '#protocol/webhook-notification';
import { asConversationId, asDialogId, type ConversationId } from '#protocol/identifiers';

import type { HistoryMessage, HistoryRecord, HistoryStatus } from '../upstream/history-record.ts';
import { historyEvent, historyMetadata } from './history-event.ts';

/**
 * A conversation of the history in the words of webhooks, so that whoever reads those can read this: messages with
 * their sequences, what was said about them, and the state of the conversation and its dialogs.
 *
 * @see PROTOCOL.md §9.2
 */
export function historyChanges(record: HistoryRecord): readonly NotificationChange[] {
  const conversationId = asConversationId(record.info.conversationId);
  return [
    ...record.messageRecords.flatMap((message) =>
      message === null ? [] : [{ ...messageChange(record, message, conversationId) }],
    ),
    ...record.messageStatuses.flatMap((status) =>
      status === null ? [] : [{ ...receiptChange(record, status, conversationId) }],
    ),
    { ...conversationChange(record, conversationId) },
  ];
}

function messageChange(
  record: HistoryRecord,
  message: HistoryMessage,
  conversationId: ConversationId,
): MessageChange {
  const { seq: sequence, participantId = 'unknown', timeL, audience, sentBy } = message;
  const dialogId = message.dialogId ?? conversationId;
  const role = roleOf(record, { sentBy, participantId, dialogId });
  const metadata = historyMetadata(message);
  return {
    ...{ sequence, originatorId: participantId, originatorMetadata: { id: participantId, role } },
    ...(timeL !== undefined && { serverTimestamp: timeL }),
    event: historyEvent(message),
    ...{ conversationId, dialogId: asDialogId(dialogId) },
    ...(audience !== undefined && { messageAudience: audience }),
    ...(metadata !== null && { metadata }),
  };
}

/** The receipt's own sequence is not kept in history: it has none here. */
function receiptChange(
  record: HistoryRecord,
  status: HistoryStatus,
  conversationId: ConversationId,
): MessageChange {
  const { participantId = 'unknown', participantType: sentBy, timeL, messageDeliveryStatus } = status;
  const dialogId = status.dialogId ?? conversationId;
  const role = roleOf(record, { sentBy, participantId, dialogId });
  return {
    ...{ originatorId: participantId, originatorMetadata: { id: participantId, role } },
    ...(timeL !== undefined && { serverTimestamp: timeL }),
    event: { type: 'AcceptStatusEvent', status: messageDeliveryStatus, sequenceList: [status.seq] },
    ...{ conversationId, dialogId: asDialogId(dialogId) },
  };
}

interface Sender {
  readonly sentBy: string | undefined;
  readonly participantId: string;
  readonly dialogId: string;
}

/** History tells consumer from agent; as what an agent was there stands with the participants. @see PROTOCOL.md §11.5 */
function roleOf(record: HistoryRecord, { sentBy, participantId, dialogId }: Sender): ParticipantRole {
  const isConsumer =
    sentBy?.toLowerCase() === 'consumer' ||
    record.consumerParticipants.some((consumer) => consumer?.participantId === participantId);
  if (isConsumer) return 'CONSUMER';
  const sitting = record.agentParticipants.findLast(
    (agent) => agent?.agentId === participantId && (agent.dialogId ?? dialogId) === dialogId,
  );
  return sitting?.permission ?? 'ASSIGNED_AGENT';
}

function conversationChange(record: HistoryRecord, conversationId: ConversationId): ConversationChange {
  const { status = 'OPEN', fullDialogStatus = status, latestSkillId, closeReason } = record.info;
  return {
    type: 'UPSERT',
    result: {
      convId: conversationId,
      conversationDetails: {
        ...(latestSkillId !== undefined && { skillId: String(latestSkillId) }),
        ...{ participants: participantsOf(record), dialogs: dialogsOf(record) },
        ...{ state: status, stage: fullDialogStatus },
        ...(closeReason !== undefined && { closeReason }),
        ...(record.info.startTimeL !== undefined && { startTs: record.info.startTimeL }),
      },
    },
  };
}

function participantsOf({ consumerParticipants, agentParticipants }: HistoryRecord) {
  const participants = new Map<string, ParticipantRole>();
  for (const consumer of consumerParticipants) {
    if (consumer !== null) participants.set(consumer.participantId, 'CONSUMER');
  }
  for (const agent of agentParticipants) {
    if (agent !== null) participants.set(agent.agentId, agent.permission ?? 'ASSIGNED_AGENT');
  }
  return [...participants].map(([id, role]) => ({ id, role }));
}

function dialogsOf({ dialogs }: HistoryRecord): readonly DialogDetails[] {
  return dialogs.flatMap((dialog): DialogDetails[] => {
    if (dialog === null) return [];
    const { dialogId, dialogType, status = 'OPEN', startTimeL, endTimeL, closeReason } = dialog;
    return [
      {
        ...{ dialogId: asDialogId(dialogId), dialogType, state: status },
        ...(startTimeL !== undefined && { creationTs: startTimeL }),
        ...(endTimeL !== undefined && endTimeL > 0 && { endTs: endTimeL }),
        ...(closeReason !== undefined && { closedBy: closeReason }),
      },
    ];
  });
}
