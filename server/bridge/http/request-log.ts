import type { IncomingMessage } from 'node:http';

import type { RequestHandler } from 'express';

import type { Logger } from '../logging/loggers.ts';
import { requestIdOf } from './request-id.ts';

/** Tells of every answered request: path without query, status and time; never of bodies or headers. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      tellOfAnswer(log, request, {
        requestId: requestIdOf(response),
        status: response.statusCode,
        startedAt,
      });
    });
    next();
  };
}

export interface Answered {
  readonly requestId: string;
  readonly status: number;
  /** When the request came, by `performance.now()`. */
  readonly startedAt: number;
}

/** Tells of one answer that is done. */
export function tellOfAnswer(
  log: Logger,
  { method, url }: IncomingMessage,
  { requestId, status, startedAt }: Answered,
): void {
  const isFailure = status >= 500;
  if (!isFailure && !log.isLevelEnabled('debug')) return;
  const durationMs = Math.round(performance.now() - startedAt);
  const fields = { requestId, method, path: url?.split('?', 1).join(''), status, durationMs };
  if (isFailure) log.warn(fields, 'request answered');
  else log.debug(fields, 'request answered');
}
