import type { Request, Response } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import { SESSION_COOKIE, cookieOf } from '../http/cookies.ts';
import type { EndReason, SessionEnds } from './session-ends.ts';
import type { SessionStore, SignedIn } from './session-store.ts';

export interface BrowserSessionDeps {
  readonly sessions: SessionStore;
  readonly ends: SessionEnds;
  /** Told of each use, so that the session in the cloud is kept alive too. */
  readonly onUse: (session: SignedIn) => void;
}

/** Who a request belongs to, by its cookie. */
export class BrowserSession {
  private readonly deps: BrowserSessionDeps;

  constructor(deps: BrowserSessionDeps) {
    this.deps = deps;
  }

  /** Who is signed in; `null`: nobody. */
  find(request: Request): SignedIn | null {
    const id = cookieOf(request, SESSION_COOKIE);
    const session = id === null ? null : this.deps.sessions.use(id);
    if (session !== null) this.deps.onUse(session);
    return session;
  }

  /** Who is signed in, without using the session: it ends when it would have ended. */
  peek(request: Request): SignedIn | null {
    const id = cookieOf(request, SESSION_COOKIE);
    return id === null ? null : this.deps.sessions.peek(id);
  }

  /** Time that the session has left unless it is used, milliseconds. */
  timeLeftMs(session: SignedIn): number {
    return this.deps.sessions.timeLeftMs(session);
  }

  /** Who is signed in. @throws BridgeError `not-signed-in`, `session-expired` */
  require(request: Request): SignedIn {
    return signedIn(request, this.find(request));
  }

  /** As {@link require}, without using the session. */
  requirePeek(request: Request): SignedIn {
    return signedIn(request, this.peek(request));
  }

  /** Gives the browser its cookie; the id is a new one at each sign-in. */
  start(request: Request, response: Response, id: string): void {
    response.cookie(SESSION_COOKIE, id, { ...cookieOptions(request), maxAge: this.deps.sessions.maxAgeMs });
  }

  /** Ends the session of the request and its streams; gives what was ended. */
  end(request: Request, reason: EndReason = 'signed-out'): SignedIn | null {
    const id = cookieOf(request, SESSION_COOKIE);
    const session = id === null ? null : this.deps.sessions.use(id);
    if (session === null) return null;
    this.deps.sessions.remove(session.key);
    this.deps.ends.end(session.key, reason);
    return session;
  }

  /** Takes the cookie away. */
  forget(request: Request, response: Response): void {
    if (cookieOf(request, SESSION_COOKIE) !== null)
      response.clearCookie(SESSION_COOKIE, cookieOptions(request));
  }
}

function signedIn(request: Request, session: SignedIn | null): SignedIn {
  if (session !== null) return session;
  if (cookieOf(request, SESSION_COOKIE) === null) throw new BridgeError('not-signed-in', 'Sign in first.');
  throw new BridgeError('session-expired', 'The session has ended. Sign in again.');
}

function cookieOptions(request: Request) {
  return { httpOnly: true, sameSite: 'lax', secure: request.secure, path: '/' } as const;
}
