import type { Request } from 'express';

import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';
import { accountRefusal } from './upstream-error.ts';

/** The account that the path names; unknown ones answer 404. @see PROTOCOL.md §14.2 #1 */
export function accountOf(accounts: Accounts, request: Request<{ account: string }>): Account {
  const account = accounts.get(request.params.account);
  if (!account) throw accountRefusal(404, `There is no account ${request.params.account}`);
  return account;
}
