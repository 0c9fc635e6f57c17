import type { Request, RequestHandler } from 'express';

import { accountRefusal } from '../api/upstream-error.ts';
import { isLoopback } from '../webhooks/local-host.ts';

/**
 * Keeps web pages out of the control API: it gives no CORS headers, refuses what a browser sends from another origin, and
 * where the emulator listens on this machine only, any other name in `Host` (a page whose name was rebound to us).
 */
export function keepPagesOut(isLocalOnly: boolean): RequestHandler {
  return (request, _response, next) => {
    if (isLocalOnly && !isLoopback(hostnameOf(request.get('host') ?? ''))) {
      throw accountRefusal(403, 'The control API is for callers on this machine, by its own names');
    }
    if (isFromAnotherOrigin(request)) throw accountRefusal(403, 'The control API is not for web pages');
    next();
  };
}

function isFromAnotherOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = request.get('origin');
  return origin !== undefined && URL.parse(origin)?.host !== request.get('host');
}

const hostnameOf = (host: string): string => URL.parse(`http://${host}`)?.hostname ?? '';
