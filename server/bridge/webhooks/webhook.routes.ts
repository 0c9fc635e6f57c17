import bodyParser from 'body-parser';
import { Router, type RequestHandler } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import type { Notifications } from './notifications.ts';
import type { WebhookMeter } from './webhook-meter.ts';

/** The cloud's largest notifications have tens of KB. @see PROTOCOL.md §8.7 */
const MAX_WEBHOOK_BYTES = 1024 * 1024;

export function webhookRoutes(notifications: Notifications, meter: WebhookMeter): Router {
  const router = Router();
  // The bytes as they came, whatever type they claim: the signature is over them. Nothing is inflated.
  const rawBody = bodyParser.raw({ type: () => true, limit: MAX_WEBHOOK_BYTES, inflate: false });

  router.post('/notifications/event', measured(meter), rawBody, async (request, response) => {
    const body: unknown = request.body;
    const bytes = body instanceof Uint8Array ? body : new Uint8Array();
    const reception = await notifications.receive({ headers: request.headers, body: bytes });
    if (reception.isTaken) {
      response.status(200).json('OK');
      return;
    }
    throw reception.status === 401
      ? new BridgeError('signature-refused', 'The notification was not accepted.')
      : new BridgeError('invalid-request', 'The body is no notification.');
  });

  return router;
}

function measured(meter: WebhookMeter): RequestHandler {
  return (_request, response, next) => {
    const clock = performance.now();
    response.once('finish', () => meter.answered(response.statusCode, (performance.now() - clock) / 1000));
    next();
  };
}
