import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { Logger } from '../logging/loggers.ts';
import { newRequestId } from './request-id.ts';
import { tellOfAnswer } from './request-log.ts';

/** One call of a direct route. */
export interface DirectCall {
  readonly request: IncomingMessage;
  /** No header is set: setting them one by one costs more than writing the head at once. */
  readonly response: ServerResponse;
  readonly requestId: string;
}

/** An address that programs call so often that the way through the framework would cost more than the work. */
export interface DirectRoute {
  readonly method: string;
  /** Compared as it is written: any other form of the address goes the usual way, to the same listener. */
  readonly path: string;
  /** Resolves when it has answered, whatever happened, with the request's id and `nosniff` like every answer. */
  readonly answer: (call: DirectCall) => Promise<void>;
}

/** Everything goes to `app` but calls of the direct route, which get what every answer has and nothing else. */
export function withDirectRoute(app: RequestListener, route: DirectRoute, log: Logger): RequestListener {
  return (request, response) => {
    if (request.url !== route.path || request.method !== route.method) {
      app(request, response);
      return;
    }
    const startedAt = performance.now();
    const requestId = newRequestId();
    void route.answer({ request, response, requestId }).then(() => {
      tellOfAnswer(log, request, { requestId, status: response.statusCode, startedAt });
    });
  };
}
