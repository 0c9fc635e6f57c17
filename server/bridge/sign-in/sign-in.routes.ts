import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';

import type { SessionAnswer, SignedInUser, SignInRequest } from '#protocol/bridge-api';

import { parseBody } from '../http/parse-body.ts';
import type { BrowserSession } from './browser-session.ts';
import { SignInPace } from './sign-in-pace.ts';
import type { SignIn } from './sign-in.ts';

export interface SignInRoutesDeps {
  readonly signIn: SignIn;
  readonly browser: BrowserSession;
  readonly now: () => number;
}

const signInSchema = v.strictObject({
  account: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^[\w-]{1,64}$/, 'An account number has digits and letters only.'),
  ),
  loginName: v.pipe(v.string(), v.trim(), v.minLength(1, 'Enter the login name.'), v.maxLength(320)),
  password: v.pipe(v.string(), v.minLength(1, 'Enter the password.'), v.maxLength(1024)),
}) satisfies v.GenericSchema<SignInRequest>;

export function signInRoutes({ signIn, browser, now }: SignInRoutesDeps): Router {
  const router = Router();
  const pace = new SignInPace(now);

  router.get('/session', (request, response) => {
    const isPeek = 'peek' in request.query;
    const session = isPeek ? browser.peek(request) : browser.find(request);
    if (session === null) browser.forget(request, response);
    const answer: SessionAnswer =
      session !== null && signIn.isServed(session)
        ? { user: signIn.userOf(session), expiresInMs: browser.timeLeftMs(session) }
        : { user: null };
    response.json(answer);
  });

  router.post('/sign-in', async (request, response) => {
    const credentials = parseBody(request, signInSchema);
    pace.admit(request.ip, credentials.account);
    start(request, response, await signIn.signIn(credentials));
  });

  router.post('/sign-in/demo', async (request, response) => {
    pace.admitDemo(request.ip);
    start(request, response, await signIn.signInToDemo());
  });

  router.post('/sign-out', async (request, response) => {
    const session = browser.end(request);
    browser.forget(request, response);
    if (session !== null) await signIn.signOut(session);
    response.status(204).end();
  });

  function start(request: Request, response: Response, opened: Awaited<ReturnType<SignIn['signIn']>>): void {
    // Whoever was signed in with this browser before is not any more, in the cloud either; nobody waits for that.
    const before = browser.end(request);
    if (before !== null) void signIn.signOut(before);
    browser.start(request, response, opened.id);
    response.json(signIn.userOf(opened.session) satisfies SignedInUser);
  }

  return router;
}
