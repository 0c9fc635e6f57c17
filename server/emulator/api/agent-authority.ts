import type { Request } from 'express';

import type { Account } from '../state/account-state.ts';
import type { AccountUser } from '../state/account-users.ts';
import { queryText } from './query.ts';
import { accountRefusal } from './upstream-error.ts';

/** The user whose bearer token the call carries; 401 without a living one. @see PROTOCOL.md §0.4, §3 */
export function requireAgent(account: Account, request: Request): AccountUser {
  const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const session = bearer === undefined ? null : account.sessions.use(bearer);
  if (!session) throw accountRefusal(401, 'The bearer token is missing, wrong or has expired');
  return session.user;
}

/** The same for what only administrators and LivePerson's own staff may do; 403 for others. @see PROTOCOL.md §4.1 */
export function requireAdministrator(account: Account, request: Request): AccountUser {
  const user = requireAgent(account, request);
  if (!user.isAdmin && !user.isLpa) throw accountRefusal(403, 'The user has no privilege for this');
  return user;
}

/** Account configuration is asked with some `v` of 1 or 2. @see PROTOCOL.md §4.1 */
export function requireConfigurationVersion(request: Request): void {
  if (!/^[12]/.test(queryText(request, 'v') ?? '')) throw accountRefusal(400, 'The parameter v must be 1.0');
}
