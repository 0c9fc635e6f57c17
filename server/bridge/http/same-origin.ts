import type { Request, RequestHandler } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site made the browser send: every change, and every reading but an address that somebody follows. What
 * another site reads it cannot see, but the cookie may come along, and a stream, say, would be one that nobody reads. Programs
 * send none of these headers and hold no cookie by accident.
 */
export const refuseCrossSite: RequestHandler = (request, _response, next) => {
  if (!SAFE_METHODS.has(request.method)) {
    if (isCrossSite(request))
      throw new BridgeError('cross-site', 'Changes are taken only from the pages of this address.');
  } else if (isToldCrossSite(request) === true && !isFollowed(request)) {
    throw new BridgeError('cross-site', 'This is read only by the pages of this address.');
  }
  next();
};

function isCrossSite(request: Request): boolean {
  const isTold = isToldCrossSite(request);
  if (isTold !== null) return isTold;
  const origin = request.get('origin');
  if (origin === undefined) return false;
  // Browsers too old for Sec-Fetch-Site; the port counts, so `request.hostname` is not enough.
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
}

/** `null`: the caller is a program, or a browser too old to tell. */
function isToldCrossSite(request: Request): boolean | null {
  const site = request.get('sec-fetch-site');
  return site === undefined ? null : site !== 'same-origin' && site !== 'none';
}

/** Whether somebody followed a link of another site, so that a page of its own shows the answer. */
const isFollowed = (request: Request): boolean =>
  request.get('sec-fetch-mode') === 'navigate' && request.get('sec-fetch-dest') === 'document';
