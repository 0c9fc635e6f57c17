import type { Account } from '../../state/account-state.ts';
import type { ConversationRecord } from '../../state/conversation-record.ts';
import type { ConversationState, DialogState } from '../../state/conversation-state.ts';
import { consumerParticipants, engagementAttributes } from './history-consumer.ts';
import { historyInfo } from './history-info.ts';
import type { InfoQuestion } from './history-info.ts';
import { messageRecords, messageStatuses } from './history-messages.ts';
import {
  agentParticipants,
  agentParticipantsActive,
  agentParticipantsLeave,
  interactions,
  transfers,
} from './history-participants.ts';
import { skillName, timeText } from './history-words.ts';

/** For which question a record is put together. */
export interface RecordQuestion extends InfoQuestion {
  readonly sections: ReadonlySet<string>;
  /** Whether engagement attributes of consumers who are not signed in are told; since version 2. */
  readonly isVersion2: boolean;
}

type Section = (record: ConversationRecord, question: RecordQuestion) => unknown;

/** What each section holds; `undefined` where there is nothing to tell, which is then left out. @see PROTOCOL.md §9.1 */
const SECTIONS: Readonly<Record<string, Section>> = {
  campaign: ({ conversation }, { account }) => campaign(account, conversation),
  messageRecords: (record, { account }) => messageRecords(account, record),
  agentParticipants: (record, { account }) => agentParticipants(account, record),
  agentParticipantsLeave: (record, { account }) => agentParticipantsLeave(account, record),
  agentParticipantsActive: (record, { account }) => agentParticipantsActive(account, record),
  consumerParticipants: (record, { account }) => consumerParticipants(account, record),
  transfers: (record, { account }) => transfers(account, record),
  interactions: (record, { account }) => interactions(account, record),
  messageScores: () => [],
  messageStatuses: (record, { account }) => messageStatuses(account, record),
  conversationSurveys: ({ conversation }) => surveys(conversation),
  coBrowseSessions: () => ({ coBrowseSessionsList: [] }),
  summary: () => undefined,
  sdes: (record, { account }) => engagementAttributes(account, record),
  unAuthSdes: (_record, { isVersion2 }) => (isVersion2 ? { events: [] } : undefined),
  monitoring: () => undefined,
  dialogs: ({ conversation }, { account }) =>
    conversation.dialogs.map((dialog) => dialogSection(account, conversation, dialog)),
  responseTime: ({ conversation }) => responseTime(conversation),
  skillChanges: () => undefined,
  intents: () => [],
  uniqueIntents: () => [],
  latestAgentSurvey: () => undefined,
  previouslySubmittedAgentSurveys: () => [],
};

/** Sections that come when none is named. */
export const DEFAULT_SECTIONS: readonly string[] = [
  'campaign',
  'messageRecords',
  'agentParticipants',
  'agentParticipantsLeave',
  'agentParticipantsActive',
  'consumerParticipants',
  'transfers',
  'interactions',
  'messageScores',
  'messageStatuses',
  'conversationSurveys',
  'coBrowseSessions',
  'summary',
  'sdes',
];

/** One conversation as history tells it: `info`, and of the rest what was asked for. @see PROTOCOL.md §9.2 */
export function historyRecord(record: ConversationRecord, question: RecordQuestion): object {
  const asked = Object.entries(SECTIONS)
    .filter(([name]) => question.sections.has(name))
    .map(([name, section]) => [name, section(record, question)] as const)
    .filter(([, content]) => content !== undefined);
  return { info: historyInfo(record, question), ...Object.fromEntries(asked) };
}

/** What was chosen at the opening, by its names where the account has them. @see PROTOCOL.md §9.2 */
function campaign({ campaigns }: Account, { campaign: chosen }: ConversationState): object | undefined {
  if (!chosen) return undefined;
  const { campaignId, engagementId } = chosen;
  const known = campaigns.find(({ id }) => id === campaignId);
  const engagement = known?.engagements.find(({ id }) => id === engagementId);
  return {
    campaignEngagementId: engagementId,
    campaignEngagementName: engagement?.name ?? `Engagement ${engagementId}`,
    campaignId,
    campaignName: known?.name ?? `Campaign ${campaignId}`,
    engagementSource: 'WEB_SITE',
  };
}

/** The rating that came with or after the close. @see PROTOCOL.md §6.4 */
function surveys({ csat, id }: ConversationState): readonly object[] {
  if (!csat) return [];
  const { csatRate, csatResolutionConfirmation: isConfirmed, status } = csat;
  const confirmation =
    isConfirmed === undefined ? [] : [{ question: 'Confirm Resolution', answer: isConfirmed ? 'Yes' : 'No' }];
  const surveyData = [{ question: 'Satisfaction', answer: String(csatRate) }, ...confirmation];
  return [{ surveyType: 'Satisfaction', surveyStatus: status, dialogId: id, surveyData }];
}

function dialogSection(account: Account, conversation: ConversationState, dialog: DialogState): object {
  const { endedAt, closedBy } = dialog;
  return {
    dialogId: dialog.id,
    status: dialog.state,
    dialogType: dialog.type,
    dialogChannelType: 'MESSAGING',
    startTime: timeText(dialog.createdAt),
    startTimeL: dialog.createdAt,
    ...(endedAt !== null && { endTime: timeText(endedAt), endTimeL: endedAt }),
    ...(closedBy && { closeReason: closedBy }),
    skillId: Number(conversation.skillId),
    skillName: skillName(account, conversation.skillId),
  };
}

const responseTime = ({ pendingSince, ttr }: ConversationState): object => ({
  latestEffectiveResponseDueTime: pendingSince === null ? -1 : pendingSince + ttr.value * 1000,
  configuredResponseTime: ttr.value * 1000,
});
