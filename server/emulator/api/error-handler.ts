import type { ErrorRequestHandler } from 'express';

import type { EmulatorLog } from '../emulator-log.ts';
import { Refusal, accountError } from './upstream-error.ts';

/** Puts every refusal on the wire; anything else is a defect and answers 500 without its details. */
export function errorHandler(log: EmulatorLog): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, body } = toRefusal(error);
    if (status === 500)
      log.error({ err: error, method: request.method, path: request.path }, 'emulator failed');
    response.status(status).json(body);
  };
}

const TRANSPORT_WORDS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  413: 'The request is too large',
  415: 'The encoding of the request is not supported',
};

/** What body-parser and the router throw carries a status of its own. */
function toRefusal(error: unknown): { readonly status: number; readonly body: unknown } {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'status' in error ? error.status : null;
  const words = typeof status === 'number' ? TRANSPORT_WORDS[status] : undefined;
  if (typeof status === 'number' && words !== undefined) return { status, body: accountError(status, words) };
  return { status: 500, body: accountError(500, 'The emulator failed') };
}
