import type { ErrorRequestHandler } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import type { BrowserSession } from './browser-session.ts';

/**
 * Ends the session here when the cloud says that its own has ended: nothing an administrator does would work any more,
 * and only signing in helps. Every tab hears of it on its stream.
 */
export function endWithCloudSession(browser: BrowserSession): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (error instanceof BridgeError && error.code === 'upstream-session-ended' && !response.headersSent) {
      browser.end(request, 'expired');
      browser.forget(request, response);
    }
    next(error);
  };
}
