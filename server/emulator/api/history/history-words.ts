import type { Account } from '../../state/account-state.ts';
import type { AccountUser } from '../../state/account-users.ts';
import { userIdOf } from '../../state/identity.ts';

/** `yyyy-MM-dd HH:mm:ss.SSS+0000`. @see PROTOCOL.md §9.2 */
export const timeText = (at: number): string =>
  new Date(at).toISOString().replace('T', ' ').replace('Z', '+0000');

/** How history names an account user: by the old numeric id, where conversations use the new one. @see PROTOCOL.md §9.2 */
export interface NamedAgent {
  readonly id: string;
  readonly loginName: string;
  readonly nickname: string;
  readonly fullName: string;
}

export function agentNamed(account: Account, participantId: string): NamedAgent {
  const user = account.users.find(({ userPid }) => userPid === participantId);
  return user ? fromUser(user) : unknownAgent(account, participantId);
}

const fromUser = ({ userId, loginName, nickname }: AccountUser): NamedAgent => ({
  id: userId,
  loginName,
  nickname,
  fullName: nickname,
});

/** A bot that is no user of the account still needs a number. */
const unknownAgent = ({ id }: Account, participantId: string): NamedAgent => ({
  id: userIdOf(id, participantId),
  loginName: participantId,
  nickname: participantId,
  fullName: participantId,
});

/** Members that begin with `prefix`: `latestAgentId`, `agentId`, … */
export const agentMembers = (prefix: string, agent: NamedAgent): Readonly<Record<string, string>> => ({
  [`${prefix}Id`]: agent.id,
  [`${prefix}FullName`]: agent.fullName,
  [`${prefix}Nickname`]: agent.nickname,
  [`${prefix}LoginName`]: agent.loginName,
});

/** Everybody belongs to it. @see PROTOCOL.md §2.1 */
export const AGENT_GROUP = { id: -1, name: 'Main Group' } as const;

/** A skill that the account does not have is told by its number. */
export function skillName({ skills }: Account, skillId: string): string {
  if (skillId === '-1') return 'Unassigned';
  return skills.find(({ id }) => id === skillId)?.name ?? `Skill ${skillId}`;
}

/** Whether a program speaks here, not a person. */
export const isBot = ({ staff }: Account, participantId: string): boolean =>
  [staff.surveyBot.userPid, staff.controllerBot.userPid].includes(participantId);
