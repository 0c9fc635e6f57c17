import type { ServerResponse } from 'node:http';

import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';

import type { ProblemCode } from '#protocol/problem';

import { assignRequestId, requestIdOf } from '../http/request-id.ts';
import { leaveUnread } from '../http/unread-body.ts';
import { isOfDisk } from '../storage/sqlite-failure.ts';
import { BridgeError } from './bridge-error.ts';
import { toProblem } from './problems.ts';

/** Turns whatever a route threw into a problem; the details of a defect stay in the log. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (thrown: unknown, request, response, next) => {
    const error = logProblem(log, response, thrown);
    if (response.headersSent) {
      next(thrown);
      return;
    }
    leaveUnread(response);
    if (isForPerson(request)) sendProblemPage(response, error);
    else sendProblem(response, error);
  };
}

/** Answers a call that nothing has set a header for, and logs what was thrown. */
export function answerWithProblem(
  log: Logger,
  { response, requestId }: { readonly response: ServerResponse; readonly requestId: string },
  thrown: unknown,
): void {
  assignRequestId(response, requestId);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  leaveUnread(response);
  sendProblem(response, logProblem(log, response, thrown));
}

function sendProblem(response: ServerResponse, error: BridgeError): void {
  const problem = toProblem(error, requestIdOf(response));
  if (error.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(error.retryAfterSeconds));
  }
  response.statusCode = problem.status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(problem));
}

function logProblem(log: Logger, response: ServerResponse, thrown: unknown): BridgeError {
  const error = toBridgeError(thrown);
  const requestId = requestIdOf(response);
  if (error.code === 'internal') log.error({ err: thrown, requestId }, 'a request met a defect');
  else log.debug({ err: error, requestId }, 'a request was refused');
  return error;
}

/** Whether somebody opened this address in a browser; programs and the web app itself read JSON. */
function isForPerson({ method, originalUrl, headers }: Request): boolean {
  return method === 'GET' && !originalUrl.startsWith('/api') && (headers.accept ?? '').includes('text/html');
}

function sendProblemPage(response: Response, error: BridgeError): void {
  const { status, title, detail, requestId } = toProblem(error, requestIdOf(response));
  const page = [
    `<!doctype html><html lang="en"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>`,
    `<p>${escaped(detail)}</p><p><small>Request ${escaped(requestId)}</small></p></html>`,
  ];
  response.status(status).set('Cache-Control', 'no-store').type('html').send(page.join('\n'));
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const PARSER_FAILURES: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  'entity.parse.failed': ['invalid-json', 'The body could not be read as JSON.'],
  'entity.too.large': ['payload-too-large', 'The body is larger than this address takes.'],
  'encoding.unsupported': ['unsupported-media-type', 'Send the body without a content encoding.'],
  'charset.unsupported': ['unsupported-media-type', 'Send the body as UTF-8.'],
  'request.size.invalid': ['invalid-request', 'The body is not as long as Content-Length says.'],
  'request.aborted': ['invalid-request', 'The request ended before its body was complete.'],
};

const NO_DISK = 'The bridge cannot write to its disk now, or read from it: the disk may be full.';

function toBridgeError(thrown: unknown): BridgeError {
  if (thrown instanceof BridgeError) return thrown;
  const type = thrown instanceof Error && 'type' in thrown ? String(thrown.type) : '';
  const failure = PARSER_FAILURES[type];
  if (failure !== undefined) return new BridgeError(failure[0], failure[1], { cause: thrown });
  if (isOfDisk(thrown)) return new BridgeError('store-unavailable', NO_DISK, { cause: thrown });
  if (thrown instanceof URIError) return new BridgeError('invalid-request', 'The path is not well-formed.');
  return new BridgeError('internal', 'Something broke inside the bridge; its log names this request.');
}
