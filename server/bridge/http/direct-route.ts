import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { Logger } from '../logging/loggers.ts';
import { assignRequestId } from './request-id.ts';
import { logAnswer } from './request-log.ts';

/** An address that programs call so often that the way through the framework would cost more than the work. */
export interface DirectRoute {
  readonly method: string;
  /** Compared as it is written: any other form of the address goes the usual way, to the same listener. */
  readonly path: string;
  /** Resolves when it has answered. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Everything goes to `app` but calls of the direct route, which get what every answer has and nothing else. */
export function withDirectRoute(app: RequestListener, route: DirectRoute, log: Logger): RequestListener {
  return (request, response) => {
    if (request.url !== route.path || request.method !== route.method) {
      app(request, response);
      return;
    }
    assignRequestId(response);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    logAnswer(log, request, response);
    void route.answer(request, response);
  };
}
