import type { Account } from '../../state/account-state.ts';
import type { ConversationRecord } from '../../state/conversation-record.ts';
import type { ConversationState } from '../../state/conversation-state.ts';
import { AGENT_GROUP, agentMembers, agentNamed, skillName, timeText } from './history-words.ts';

export interface InfoQuestion {
  readonly account: Account;
  readonly now: number;
}

/** Who had the conversation last; `null`: nobody yet. */
export const latestAgentOf = ({ attendances }: ConversationRecord): string | null =>
  attendances.findLast(({ participant }) => participant.role === 'ASSIGNED_AGENT')?.participant.id ?? null;

/**
 * What is told of every conversation. What is not known, such as an agent or a score, is absent.
 *
 * @see PROTOCOL.md §9.2
 */
export function historyInfo(record: ConversationRecord, { account, now }: InfoQuestion): object {
  const { conversation, isFirst, isPartial } = record;
  const [main] = conversation.dialogs;
  return {
    startTime: timeText(conversation.startedAt),
    startTimeL: conversation.startedAt,
    endTime: main.endedAt === null ? 'undefined' : timeText(main.endedAt),
    endTimeL: main.endedAt ?? -1,
    duration: durationMs(conversation, now),
    conversationId: conversation.id,
    brandId: conversation.account,
    ...latestAgent(account, latestAgentOf(record)),
    latestSkillId: Number(conversation.skillId),
    latestSkillName: skillName(account, conversation.skillId),
    source: 'APP',
    closeReason: conversation.closeReason,
    closeReasonDescription: closeDescription(conversation),
    status: main.state,
    fullDialogStatus: conversation.stage,
    firstConversation: isFirst,
    ...(conversation.csat && { csat: conversation.csat.csatRate, csatRate: conversation.csat.csatRate }),
    device: 'NA',
    features: conversation.features,
    latestQueueState: queueState(conversation),
    isPartial,
  };
}

function latestAgent(account: Account, participantId: string | null): object {
  if (participantId === null) return {};
  return {
    ...agentMembers('latestAgent', agentNamed(account, participantId)),
    agentDeleted: false,
    latestAgentGroupId: AGENT_GROUP.id,
    latestAgentGroupName: AGENT_GROUP.name,
  };
}

/** Until the end, or until now. */
export const durationMs = ({ dialogs, startedAt }: ConversationState, now: number): number =>
  Math.max((dialogs[0].endedAt ?? now) - startedAt, 0);

export const queueState = ({ dialogs }: ConversationState): 'ACTIVE' | 'IN_QUEUE' =>
  dialogs[0].participants.some(({ role }) => role === 'ASSIGNED_AGENT') ? 'ACTIVE' : 'IN_QUEUE';

/** Only a person closes by hand. */
const closeDescription = ({ closeReason }: ConversationState): string | null =>
  closeReason === null || closeReason === 'SYSTEM' ? null : 'MANUAL_CLOSE';
