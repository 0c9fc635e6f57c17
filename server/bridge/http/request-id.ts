import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';

export const REQUEST_ID_HEADER = 'X-Request-Id';

/** Gives every request an id; it is in the answer's `X-Request-Id`, in problems and in the log. */
export const giveRequestId: RequestHandler = (_request, response, next) => {
  assignRequestId(response, newRequestId());
  next();
};

export const newRequestId = (): string => randomUUID();

export function assignRequestId(response: ServerResponse, requestId: string): void {
  response.setHeader(REQUEST_ID_HEADER, requestId);
}

export function requestIdOf(response: ServerResponse): string {
  const id = response.getHeader(REQUEST_ID_HEADER);
  return typeof id === 'string' ? id : 'unknown';
}
