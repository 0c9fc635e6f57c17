import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

import type { RequestHandler } from 'express';

import { MAX_FILE_BYTES } from '#protocol/connector/file-sharing';

import { BridgeError } from '../errors/bridge-error.ts';

/** More than any page sends, also by mistake. What is larger, or does not say how large it is, is not worth reading to its end. */
const LARGEST_OF_A_PAGE = 4 * MAX_FILE_BYTES;

/**
 * Whoever is refused before the end of what they send need not send the rest, and nobody keeps it. A page whose upload is refused
 * gets its answer and has the time of every request to come to the end; of what has no end the connection ends with the answer.
 * To be called before the head of the answer is written.
 */
export function leaveUnread(response: ServerResponse): void {
  const { req: request } = response;
  if (!request.complete && isEndless(request.headers)) response.setHeader('Connection', 'close');
}

const METHODS_WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);

/** No address takes a body with these methods, so it changes nothing of the answer; one without end is not read. */
export const leaveBodyOfReading: RequestHandler = (request, response, next) => {
  if (METHODS_WITHOUT_BODY.has(request.method)) leaveUnread(response);
  next();
};

/**
 * Refuses, before anything is read, what is too large or does not say how large it is: the parser would answer only when all of
 * it has come, and an address that needs no body would answer and read on.
 */
export function refuseTooLong(maxJsonBytes: number): RequestHandler {
  return (request, _response, next) => {
    if (isChunked(request.headers)) {
      throw new BridgeError('invalid-request', 'Say how large the body is (Content-Length).');
    }
    if (sizeOf(request.headers) > LARGEST_OF_A_PAGE) {
      throw new BridgeError('payload-too-large', 'The body is larger than any address takes.');
    }
    if (sizeOf(request.headers) > maxJsonBytes && request.is('json') !== false) {
      throw new BridgeError('payload-too-large', `JSON may have ${maxJsonBytes / 1024} KB here.`);
    }
    next();
  };
}

const isEndless = (headers: IncomingHttpHeaders): boolean =>
  isChunked(headers) || sizeOf(headers) > LARGEST_OF_A_PAGE;

const isChunked = (headers: IncomingHttpHeaders): boolean => headers['transfer-encoding'] !== undefined;

const sizeOf = (headers: IncomingHttpHeaders): number => Number(headers['content-length'] ?? 0);
