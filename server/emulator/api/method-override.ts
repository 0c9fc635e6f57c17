import type { RequestHandler } from 'express';

const OVERRIDES = new Set(['PUT', 'DELETE']);

/** A POST that says `X-HTTP-Method-Override: PUT` is a PUT. @see PROTOCOL.md §4.1 */
export const methodOverride: RequestHandler = (request, _response, next) => {
  const wanted = request.get('x-http-method-override')?.toUpperCase() ?? '';
  if (request.method === 'POST' && OVERRIDES.has(wanted)) request.method = wanted;
  next();
};
