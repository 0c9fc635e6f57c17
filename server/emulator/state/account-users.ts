import { timingSafeEqual, createHash } from 'node:crypto';

import type { AccountId, UserId } from '#protocol/identifiers';

import { agentPidOf, userIdOf } from './identity.ts';

/** OAuth 1 keys by which a program signs in. @see PROTOCOL.md §2.1 */
export interface ApiKeys {
  readonly appKey: string;
  readonly secret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/** A user of an account. @see PROTOCOL.md §2.1 */
export interface AccountUser {
  readonly loginName: string;
  /** `null`: nobody signs in as this user by a password. */
  readonly password: string | null;
  /** Default: none; only API users have keys. */
  readonly apiKeys?: ApiKeys;
  readonly nickname: string;
  /** "Old" agent id. */
  readonly userId: UserId;
  /** "New" agent id: `originatorId` of what the user says. */
  readonly userPid: string;
  readonly isAdmin: boolean;
  /** Whether the user is of LivePerson's own staff, who may do what an administrator may. */
  readonly isLpa: boolean;
  /** Whether the user is on a block list; default: no. */
  readonly isBlocked?: boolean;
}

export type UserSeed = Omit<AccountUser, 'userId' | 'userPid'>;

export function accountUser(account: AccountId, seed: UserSeed): AccountUser {
  const userId = userIdOf(account, seed.loginName);
  return { ...seed, userId, userPid: agentPidOf(account, userId) };
}

/** Who has OAuth 2 client credentials instead may send this for the access token and its secret. @see PROTOCOL.md §2.1 */
const DUMMY = 'dummy';

/** The API user whose name and keys these are. */
export function userWithKeys(
  users: readonly AccountUser[],
  loginName: string,
  given: ApiKeys,
): AccountUser | null {
  const user = users.find((each) => each.loginName.toLowerCase() === loginName.toLowerCase());
  if (!user?.apiKeys) return null;
  const { appKey, secret, accessToken, accessTokenSecret } = user.apiKeys;
  const isTheirs =
    isSameSecret(appKey, given.appKey) &&
    isSameSecret(secret, given.secret) &&
    (given.accessToken === DUMMY || isSameSecret(accessToken, given.accessToken)) &&
    (given.accessTokenSecret === DUMMY || isSameSecret(accessTokenSecret, given.accessTokenSecret));
  return isTheirs ? user : null;
}

/** The user whose name and password these are. */
export function userWithCredentials(
  users: readonly AccountUser[],
  loginName: string,
  password: string,
): AccountUser | null {
  const name = loginName.toLowerCase();
  const isMeant = (user: AccountUser): boolean =>
    user.loginName.toLowerCase() === name && user.password !== null && isSameSecret(user.password, password);
  return users.find(isMeant) ?? null;
}

/** Compares without telling by its duration how much of a guess was right. */
export function isSameSecret(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
