import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';

import type { Logger } from '../logging/loggers.ts';
import { requestIdOf } from './request-id.ts';

/** Tells of every answered request: path without query, status and time; never of bodies or headers. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    logAnswer(log, request, response);
    next();
  };
}

/** Tells of the answer when it is done. */
export function logAnswer(log: Logger, { method, url }: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const isFailure = response.statusCode >= 500;
    if (!isFailure && !log.isLevelEnabled('debug')) return;
    const fields = {
      requestId: requestIdOf(response),
      method,
      path: url?.split('?', 1).join(''),
      status: response.statusCode,
      durationMs: Math.round(performance.now() - startedAt),
    };
    if (isFailure) log.warn(fields, 'request answered');
    else log.debug(fields, 'request answered');
  });
}
