import type { AccountId } from '#protocol/identifiers';

import { accountUser } from './account-users.ts';
import type { AccountUser, UserSeed } from './account-users.ts';

/** The skill to which scripts hand over, billing; its agent is {@link Staff.specialist}. */
export const SPECIALIST_SKILL = '1002';
/** Of conversations that ask for none. @see PROTOCOL.md §6.2.2 */
export const NO_SKILL = '-1';

/** Those of an account who are played by the emulator; all are among its users, but nobody signs in as them. */
export interface Staff {
  /** Serves the conversations of all skills but one. */
  readonly agent: AccountUser;
  /** Serves {@link SPECIALIST_SKILL}. */
  readonly specialist: AccountUser;
  /** Asks the questions of the survey. @see PROTOCOL.md §11.3 */
  readonly surveyBot: AccountUser;
  /** Has the *Controller Bot* permission: sends the automatic messages. @see PROTOCOL.md §6.1 */
  readonly controllerBot: AccountUser;
}

const played = (loginName: string, nickname: string): UserSeed => ({
  loginName,
  password: null,
  nickname,
  isAdmin: false,
  isLpa: false,
});

export const staffOf = (account: AccountId): Staff => ({
  agent: accountUser(account, played('mia', 'Mia')),
  specialist: accountUser(account, played('leo', 'Leo')),
  surveyBot: accountUser(account, played('survey-bot', 'Survey')),
  controllerBot: accountUser(account, played('controller-bot', 'Automatic messages')),
});

/** Who of the agents serves a skill. */
export const agentForSkill = ({ agent, specialist }: Staff, skillId: string): AccountUser =>
  skillId === SPECIALIST_SKILL ? specialist : agent;

export const isAgentOf = ({ agent, specialist }: Staff, participantId: string): boolean =>
  participantId === agent.userPid || participantId === specialist.userPid;
