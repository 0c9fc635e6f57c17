import type { ServiceDirectory } from '#protocol/service-directory';

import type { Account } from '../state/account-state.ts';
import type { AgentSession } from '../state/agent-sessions.ts';
import { randomHex } from '../state/identity.ts';
import { serviceDirectory } from './service-directory.routes.ts';

export interface LoginCircumstances {
  /** `host:port` under which the caller reaches the services. */
  readonly host: string;
  readonly now: number;
  readonly sessionTtlMs: number;
}

/** Body of a successful login. @see PROTOCOL.md §2.1 */
export interface LoginAnswer {
  readonly csrf: string;
  readonly wsuk: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly csdsCollectionResponse: ServiceDirectory;
  readonly accountData: Readonly<Record<string, unknown>>;
  /** Milliseconds, as a string. */
  readonly sessionTTl: string;
  readonly bearer: string;
}

const ADMINISTRATOR_PRIVILEGES = [100, 101, 1700];
const AGENT_PRIVILEGES = [100];

export function loginAnswer(
  account: Account,
  session: AgentSession,
  { host, now, sessionTtlMs }: LoginCircumstances,
): LoginAnswer {
  const { user } = session;
  return {
    csrf: session.csrf,
    wsuk: BigInt(`0x${randomHex(7)}`).toString(),
    config: {
      loginName: user.loginName,
      userId: user.userId,
      userPid: user.userPid,
      userPrivileges: user.isAdmin || user.isLpa ? ADMINISTRATOR_PRIVILEGES : AGENT_PRIVILEGES,
      serverCurrentTime: now,
      timeDiff: 0,
      serverTimeZoneName: 'UTC',
      serverTimeGMTDiff: 0,
      isLPA: user.isLpa,
      isAdmin: user.isAdmin,
      accountTimeZoneId: 'UTC',
    },
    csdsCollectionResponse: serviceDirectory(account.id, host),
    accountData: {
      agentGroupsData: { items: [{ id: -1, deleted: false, name: 'Main Group' }], revision: 1 },
      provisionData: { features: provisionedFeatures(account), revision: 1 },
    },
    sessionTTl: String(sessionTtlMs),
    bearer: session.bearer,
  };
}

const provisionedFeatures = (account: Account): readonly unknown[] =>
  [...account.features].map(([compoundFeatureID, value]) => ({
    compoundFeatureID,
    startDate: null,
    endDate: null,
    value: { value },
    isDeleted: false,
  }));
