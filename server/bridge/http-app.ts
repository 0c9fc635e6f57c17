import bodyParser from 'body-parser';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';

import { BridgeError } from './errors/bridge-error.ts';
import { problemHandler } from './errors/problem-handler.ts';
import { giveRequestId } from './http/request-id.ts';
import { logRequests } from './http/request-log.ts';
import { refuseCrossSite } from './http/same-origin.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Logger } from './logging/loggers.ts';

/** Routes below `/api`, or what sees their errors first. */
export type ApiPart = Router | ErrorRequestHandler;

export interface HttpAppParts {
  readonly log: Logger;
  readonly trustedProxies: string;
  readonly health: Router;
  readonly webhooks: Router;
  /** Everything below `/api`. */
  readonly api: readonly ApiPart[];
  readonly webApp: Router;
}

/** Manifests and previews of files fit well below. */
const MAX_JSON_BYTES = 256 * 1024;

/** The Express app: what each request passes, in this order. */
export function httpApp({ log, trustedProxies, health, webhooks, api, webApp }: HttpAppParts): Express {
  const app = express();
  app.set(
    'trust proxy',
    trustedProxies.split(',').map((proxy) => proxy.trim()),
  );
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  // Answers are made for one reader at one time.
  app.set('etag', false);
  app.use(giveRequestId, logRequests(log), securityHeaders());
  app.use(health, webhooks);
  app.use('/api', apiRouter(api));
  app.use(webApp);
  app.use(() => {
    throw new BridgeError('not-found', 'There is nothing at this address.');
  });
  app.use(problemHandler(log));
  return app;
}

function apiRouter(parts: readonly ApiPart[]): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(refuseCrossSite, bodyParser.json({ limit: MAX_JSON_BYTES }), ...parts);
  router.use((request) => {
    throw new BridgeError('not-found', `The API has no ${request.method} ${request.baseUrl}${request.path}.`);
  });
  return router;
}
