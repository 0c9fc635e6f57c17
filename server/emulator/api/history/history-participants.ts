import type { Account } from '../../state/account-state.ts';
import type { Attendance, ConversationRecord } from '../../state/conversation-record.ts';
import { AGENT_GROUP, agentMembers, agentNamed, isBot, skillName, timeText } from './history-words.ts';

const isAgent = ({ participant }: Attendance): boolean => participant.role !== 'CONSUMER';

const agentEntry = (account: Account, { participant, dialogId }: Attendance, at: number): object => ({
  ...agentMembers('agent', agentNamed(account, participant.id)),
  agentDeleted: false,
  ...(isBot(account, participant.id)
    ? { userType: '2', userTypeName: 'Bot' }
    : { userType: '1', userTypeName: 'Human' }),
  role: participant.role === 'MANAGER' ? 'MANAGER' : 'AGENT',
  agentGroupName: AGENT_GROUP.name,
  agentGroupId: AGENT_GROUP.id,
  time: timeText(at),
  timeL: at,
  permission: participant.role,
  dialogId,
});

/** Everybody of the brand's side who has come. @see PROTOCOL.md §9.2 */
export const agentParticipants = (account: Account, { attendances }: ConversationRecord): readonly object[] =>
  attendances.filter(isAgent).map((attendance) => agentEntry(account, attendance, attendance.joinedAt));

/** Those of them who went, with the time they left. */
export const agentParticipantsLeave = (
  account: Account,
  { attendances }: ConversationRecord,
): readonly object[] =>
  attendances
    .filter(isAgent)
    .flatMap((attendance) =>
      attendance.leftAt === null ? [] : [agentEntry(account, attendance, attendance.leftAt)],
    );

/** Those of them who are there. */
export const agentParticipantsActive = (
  account: Account,
  { attendances }: ConversationRecord,
): readonly object[] =>
  attendances
    .filter((attendance) => isAgent(attendance) && attendance.leftAt === null)
    .map((attendance) => agentEntry(account, attendance, attendance.joinedAt));

/** From one skill to another. @see PROTOCOL.md §9.2 */
export const transfers = (
  account: Account,
  { id, transfers: known }: ConversationRecord,
): readonly object[] =>
  known.map(({ at, fromSkillId, toSkillId, fromAgent }) => {
    const agent = fromAgent === null ? null : agentNamed(account, fromAgent);
    return {
      time: timeText(at),
      timeL: at,
      targetSkillId: Number(toSkillId),
      targetSkillName: skillName(account, toSkillId),
      sourceSkillId: Number(fromSkillId),
      sourceSkillName: skillName(account, fromSkillId),
      reason: 'Skill',
      ...(agent && { by: agent.id, ...agentMembers('sourceAgent', agent) }),
      dialogId: id,
    };
  });

/** Each time an agent took the conversation. @see PROTOCOL.md §9.2 */
export const interactions = (account: Account, { attendances }: ConversationRecord): readonly object[] =>
  attendances
    .filter(({ participant }) => participant.role === 'ASSIGNED_AGENT')
    .map(({ participant, joinedAt, dialogId }, index) => ({
      ...agentMembers('assignedAgent', agentNamed(account, participant.id)),
      interactionTime: timeText(joinedAt),
      interactionTimeL: joinedAt,
      interactiveSequence: index + 1,
      dialogId,
    }));
