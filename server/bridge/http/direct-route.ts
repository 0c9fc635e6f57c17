import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { answerWithProblem } from '../errors/problem-handler.ts';
import type { Logger } from '../logging/loggers.ts';
import { isAllowedHost } from './allowed-hosts.ts';
import { assignRequestId } from './request-id.ts';
import { logAnswer } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

/** An address called so often, or at once by so many, that the way through the framework would cost more than the work. */
export interface DirectRoute {
  /** Browsers only get: what changes something must be checked for its origin, too. */
  readonly caller: 'program' | 'browser';
  readonly method: 'GET' | 'POST';
  /** Compared as it is written, without its query: any other form of the address goes the usual way, to the same listener. */
  readonly path: string;
  /** Resolves when it has answered. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface DirectRouteOptions {
  readonly routes: readonly DirectRoute[];
  /** Names under which browsers are answered; under another one they go the usual way, which knows what to say. */
  readonly hostNames: readonly string[];
  readonly log: Logger;
}

/** Everything goes to `app` but calls of direct routes, which get what every answer has and nothing else. */
export function withDirectRoutes(
  app: RequestListener,
  { routes, hostNames, log }: DirectRouteOptions,
): RequestListener {
  const setSecurityHeaders = securityHeaders();
  const isTaken = (route: DirectRoute, request: IncomingMessage): boolean =>
    isAt(route, request) && (route.caller === 'program' || isAllowedHost(request.headers.host, hostNames));
  return (request, response) => {
    const route = routes.find((candidate) => isTaken(candidate, request));
    if (route === undefined) {
      app(request, response);
      return;
    }
    assignRequestId(response);
    logAnswer(log, request, response);
    if (route.caller === 'browser') setSecurityHeaders(request, response, done);
    else response.setHeader('X-Content-Type-Options', 'nosniff');
    route.answer(request, response).catch((error: unknown) => answerWithProblem(log, response, error));
  };
}

function isAt({ method, path }: DirectRoute, request: IncomingMessage): boolean {
  const { url = '' } = request;
  return (
    request.method === method &&
    url.startsWith(path) &&
    (url.length === path.length || url[path.length] === '?')
  );
}

function done(): void {
  // The headers are set before it is called.
}
