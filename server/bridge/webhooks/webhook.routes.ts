import type { ServerResponse } from 'node:http';

import { Router } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import { answerWithProblem } from '../errors/problem-handler.ts';
import { allHeaders } from '../http/all-headers.ts';
import type { DirectRoute } from '../http/direct-route.ts';
import { readBody } from '../http/read-body.ts';
import { REQUEST_ID_HEADER, requestIdOf } from '../http/request-id.ts';
import type { Logger } from '../logging/loggers.ts';
import type { Notifications } from './notifications.ts';
import type { WebhookMeter } from './webhook-meter.ts';

/** The cloud's largest notifications have tens of KB. @see PROTOCOL.md §8.7 */
const MAX_WEBHOOK_BYTES = 1024 * 1024;

export interface WebhookRouteDeps {
  readonly notifications: Notifications;
  readonly meter: WebhookMeter;
  readonly log: Logger;
}

/** Takes webhooks; the only address whose calls are counted in thousands a second. */
export function webhookRoute({ notifications, meter, log }: WebhookRouteDeps): DirectRoute {
  return {
    method: 'POST',
    path: '/notifications/event',
    async answer(call) {
      const { request, response, requestId } = call;
      const startedAt = performance.now();
      try {
        const body = await readBody(request, MAX_WEBHOOK_BYTES);
        const reception = await notifications.receive({ id: requestId, headers: allHeaders(request), body });
        if (!reception.isTaken) throw refusal(reception.status);
        acknowledge(response, requestId);
      } catch (error) {
        answerWithProblem(log, call, error);
      }
      meter.answered(response.statusCode, (performance.now() - startedAt) / 1000);
    },
  };
}

/** The same for other forms of the address, and for the list of routes. */
export function webhookRoutes({ path, answer }: DirectRoute): Router {
  return Router().post(path, (request, response) =>
    answer({ request, response, requestId: requestIdOf(response) }),
  );
}

const OK = '"OK"';
const OK_LENGTH = String(OK.length);

/** One list for the whole head: headers that are set one by one are checked, kept and gathered again. */
function acknowledge(response: ServerResponse, requestId: string): void {
  response.writeHead(200, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    OK_LENGTH,
    'X-Content-Type-Options',
    'nosniff',
    REQUEST_ID_HEADER,
    requestId,
  ]);
  response.end(OK);
}

function refusal(status: 400 | 401): BridgeError {
  return status === 401
    ? new BridgeError('signature-refused', 'The notification was not accepted.')
    : new BridgeError('invalid-request', 'The body is no notification.');
}
