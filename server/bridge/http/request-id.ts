import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';

const HEADER = 'X-Request-Id';

/** Gives every request an id; it is in the answer's `X-Request-Id`, in problems and in the log. */
export const giveRequestId: RequestHandler = (_request, response, next) => {
  assignRequestId(response);
  next();
};

export function assignRequestId(response: ServerResponse): void {
  response.setHeader(HEADER, randomUUID());
}

export function requestIdOf(response: ServerResponse): string {
  const id = response.getHeader(HEADER);
  return typeof id === 'string' ? id : 'unknown';
}
