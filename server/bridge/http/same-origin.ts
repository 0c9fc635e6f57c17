import type { Request, RequestHandler } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses what another site made the browser send. Programs send neither header and hold no cookie by accident. */
export const refuseCrossSite: RequestHandler = (request, _response, next) => {
  if (!SAFE_METHODS.has(request.method) && isCrossSite(request)) {
    throw new BridgeError('cross-site', 'Changes are taken only from the pages of this address.');
  }
  next();
};

function isCrossSite(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  if (origin === undefined) return false;
  // Browsers too old for Sec-Fetch-Site; the port counts, so `request.hostname` is not enough.
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
}
