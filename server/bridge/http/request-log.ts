import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

import { requestIdOf } from './request-id.ts';

/** Tells of every answered request: path without query, status and time; never of bodies or headers. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      const fields = {
        requestId: requestIdOf(response),
        method,
        path,
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startedAt),
      };
      if (response.statusCode >= 500) log.warn(fields, 'request answered');
      else log.debug(fields, 'request answered');
    });
    next();
  };
}
