import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';

import { MAX_FILE_BYTES } from '#protocol/connector/file-sharing';

import { BridgeError } from '../errors/bridge-error.ts';

/** So long a caller that was refused may go on with a body of an honest size: a page whose upload is refused gets its answer. */
const PATIENCE_MS = 10_000;

/** More than any page sends, also by mistake. What is larger, or does not say how large it is, is not worth reading to its end. */
const LARGEST_OF_A_PAGE = 2 * MAX_FILE_BYTES;

/**
 * Whoever is refused before the end of what they send need not send the rest, and nobody reads it: the connection ends with
 * the answer, or a while later. To be called before the head of the answer is written.
 */
export function leaveUnread(response: ServerResponse, patienceMs = PATIENCE_MS): void {
  const { req: request } = response;
  if (request.complete || !hasBody(request.headers)) return;
  if (isEndless(request.headers)) response.setHeader('Connection', 'close');
  else cutWhenLate(request, patienceMs);
}

const METHODS_WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);

/** No address takes a body with these methods, so none of them would read it: an answer would leave it on the way. */
export const refuseBodyOfReading: RequestHandler = ({ method, headers }, _response, next) => {
  if (METHODS_WITHOUT_BODY.has(method) && isEndless(headers)) {
    throw new BridgeError('payload-too-large', `A ${method} has no body.`);
  }
  next();
};

/**
 * Refuses, before anything is read, JSON that is too large or does not say how large it is: the parser would answer only when all
 * of it has come.
 */
export function refuseTooLong(maxJsonBytes: number): RequestHandler {
  return (request, _response, next) => {
    if (isChunked(request.headers)) {
      throw new BridgeError('invalid-request', 'Say how large the body is (Content-Length).');
    }
    if (sizeOf(request.headers) > maxJsonBytes && request.is('json') !== false) {
      throw new BridgeError('payload-too-large', `JSON may have ${maxJsonBytes / 1024} KB here.`);
    }
    next();
  };
}

function cutWhenLate(request: IncomingMessage, patienceMs: number): void {
  const cutting = setTimeout(() => request.socket.destroy(), patienceMs);
  request.once('close', () => clearTimeout(cutting));
}

const hasBody = (headers: IncomingHttpHeaders): boolean => isChunked(headers) || sizeOf(headers) > 0;

const isEndless = (headers: IncomingHttpHeaders): boolean =>
  isChunked(headers) || sizeOf(headers) > LARGEST_OF_A_PAGE;

const isChunked = (headers: IncomingHttpHeaders): boolean => headers['transfer-encoding'] !== undefined;

const sizeOf = (headers: IncomingHttpHeaders): number => Number(headers['content-length'] ?? 0);
