import type { Request } from 'express';

import type { Logger } from '../logging/loggers.ts';
import type { BrowserSession } from './browser-session.ts';
import type { SignIn } from './sign-in.ts';

export interface IsSignedInDeps {
  readonly browser: BrowserSession;
  readonly signIn: SignIn;
  readonly log: Logger;
}

/**
 * Whether the session of the browser that asks for the page holds; asking does not count as a use. The page is there for
 * everybody: when it cannot be read who asks for it, the page says so itself.
 */
export function isSignedIn(request: Request, { browser, signIn, log }: IsSignedInDeps): boolean {
  try {
    const session = browser.peek(request);
    return session !== null && signIn.isServed(session);
  } catch (error) {
    log.error({ err: error }, 'who asks for the page could not be read');
    return false;
  }
}
