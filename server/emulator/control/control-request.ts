import type { Request } from 'express';
import * as v from 'valibot';

import { queryText } from '../api/query.ts';
import { bodyText, jsonBody } from '../api/request-body.ts';
import { accountRefusal } from '../api/upstream-error.ts';
import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';

/** The body as the schema wants it; 400 names the member that is wrong. A body may be left out where nothing is needed. */
export function controlBody<Output>(request: Request, schema: v.GenericSchema<unknown, Output>): Output {
  const isEmpty = bodyText(request) === '';
  const result = v.safeParse(schema, isEmpty ? {} : jsonBody(request, accountRefusal));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw accountRefusal(400, `${v.getDotPath(issue) ?? 'The body'}: ${issue.message}`);
}

/** A query parameter that is a whole number; `null` when it is absent. */
export function queryNumber(request: Request, name: string): number | null {
  const text = queryText(request, name);
  if (text === null) return null;
  if (!/^\d{1,15}$/.test(text)) throw accountRefusal(400, `The parameter ${name} must be a whole number`);
  return Number(text);
}

/** A query parameter that is one of a few words; `undefined` when it is absent. */
export function queryChoice<const Choice extends string>(
  request: Request,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = queryText(request, name);
  if (text === null) return undefined;
  const chosen = choices.find((choice) => choice === text);
  if (!chosen) throw accountRefusal(400, `The parameter ${name} must be one of ${choices.join(', ')}`);
  return chosen;
}

/** The account that the path names, seeded when nobody has named it before. */
export function namedAccount(accounts: Accounts, request: Request<{ account: string }>): Account {
  const account = accounts.get(request.params.account);
  if (!account) throw accountRefusal(404, `There is no account ${request.params.account}`);
  return account;
}
