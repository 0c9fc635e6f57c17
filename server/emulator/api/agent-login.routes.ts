import { Router } from 'express';
import type { Request } from 'express';
import * as v from 'valibot';

import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import type { Account } from '../state/account-state.ts';
import { userWithCredentials, userWithKeys } from '../state/account-users.ts';
import type { AccountUser } from '../state/account-users.ts';
import type { Accounts } from '../state/accounts.ts';
import type { AgentSession } from '../state/agent-sessions.ts';
import { accountOf } from './account-of.ts';
import { callerHost } from './caller-host.ts';
import { loginAnswer } from './login-answer.ts';
import { jsonBody } from './request-body.ts';
import { accountRefusal, notModelled } from './upstream-error.ts';
import type { Refusal } from './upstream-error.ts';

export interface AgentLoginDeps {
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly settings: CloudSettings;
}

const SESSION_COOKIE = 'Session_id';
const CSRF_INVALID =
  'CSRF token invalid! The CSRF token on request does not match the CSRF token on the session';

const credentialsSchema = v.object({
  username: v.pipe(v.string(), v.minLength(1)),
  password: v.pipe(v.string(), v.minLength(1)),
});
const key = v.pipe(v.string(), v.minLength(1));
const apiKeysSchema = v.object({
  username: key,
  appKey: key,
  secret: key,
  accessToken: key,
  accessTokenSecret: key,
});
const csrfSchema = v.object({ csrf: v.string() });

/** Sign-in of account users. @see PROTOCOL.md §2 */
export function agentLoginRoutes({ accounts, clock, settings }: AgentLoginDeps): Router {
  const router = Router();
  const refuse = (status: number, message: string, internalCode = 1): Refusal =>
    accountRefusal(status, message, { internalCode, time: loginServiceTime(clock.now()) });

  const sessionOf = (account: Account, request: Request): AgentSession => {
    const body = v.safeParse(csrfSchema, jsonBody(request, refuse));
    const session = account.sessions.refresh(cookieOf(request), body.success ? body.output.csrf : '');
    if (session === 'no-session') throw refuse(401, 'The session has expired or does not exist', 2);
    if (session === 'csrf-differs') throw refuse(401, CSRF_INVALID, 10);
    return session;
  };

  router.post('/api/account/:account/login', (request, response) => {
    const account = accountOf(accounts, request);
    requireLoginVersion(request, refuse);
    const user = signedIn(account, jsonBody(request, refuse), refuse);
    const session = account.sessions.start(user);
    response.cookie(SESSION_COOKIE, session.cookie, { httpOnly: true, path: '/', secure: request.secure });
    response.json(
      loginAnswer(account, session, {
        host: callerHost(request),
        now: clock.now(),
        sessionTtlMs: settings.agentSessionTtlMs,
      }),
    );
  });

  router.post('/api/account/:account/refresh', (request, response) => {
    requireLoginVersion(request, refuse);
    sessionOf(accountOf(accounts, request), request);
    response.status(200).end();
  });

  router.post('/api/account/:account/logout', (request, response) => {
    requireLoginVersion(request, refuse);
    const account = accountOf(accounts, request);
    account.sessions.end(sessionOf(account, request));
    response.clearCookie(SESSION_COOKIE, { path: '/' });
    response.status(200).end();
  });

  return router;
}

/** `v=1.3` as documented, other 1.x of older clients, or none at all. @see PROTOCOL.md §2.1 */
function requireLoginVersion(request: Request, refuse: Refuse): void {
  const version = request.query['v'];
  const isServed = version === undefined || (typeof version === 'string' && /^1(\.\d+)?$/.test(version));
  if (!isServed) throw refuse(400, 'The parameter v must be 1.3');
}

type Refuse = (status: number, message: string) => Refusal;

/** By password, or by keys where the body has some. @see PROTOCOL.md §2.1 */
function signedIn({ users }: Account, body: unknown, refuse: Refuse): AccountUser {
  // An assertion could be believed only where an identity provider is known.
  if (hasMember(body, 'assertion')) throw notModelled('login by SAML assertion');
  const user = hasMember(body, 'appKey') ? byKeys(users, body, refuse) : byPassword(users, body, refuse);
  if (!user) throw refuse(401, 'Login failed');
  if (user.isBlocked === true) throw refuse(451, 'The user is on a block list');
  return user;
}

const hasMember = (body: unknown, name: string): boolean =>
  typeof body === 'object' && body !== null && name in body;

function byPassword(users: readonly AccountUser[], body: unknown, refuse: Refuse): AccountUser | null {
  const credentials = v.safeParse(credentialsSchema, body);
  if (!credentials.success) throw refuse(400, 'username and password must be given');
  return userWithCredentials(users, credentials.output.username, credentials.output.password);
}

function byKeys(users: readonly AccountUser[], body: unknown, refuse: Refuse): AccountUser | null {
  const keys = v.safeParse(apiKeysSchema, body);
  if (!keys.success) throw refuse(400, 'username and all four keys must be given');
  return userWithKeys(users, keys.output.username, keys.output);
}

function cookieOf(request: Request): string {
  const cookies = (request.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  const session = cookies.find((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return session?.slice(SESSION_COOKIE.length + 1) ?? '';
}

/** `Sep 22, 2016 4:10:15 PM`, in UTC. */
function loginServiceTime(now: number): string {
  const format = new Intl.DateTimeFormat('en-US', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  // The platform puts a second comma and a narrow space, which the sample has not.
  return format
    .format(now)
    .replace(/(\d{4}),/, '$1')
    .replaceAll('\u202f', ' ');
}
