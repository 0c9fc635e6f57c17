import bodyParser from 'body-parser';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';

import type { CallerList } from './config/caller-list.ts';
import { BridgeError } from './errors/bridge-error.ts';
import { problemHandler } from './errors/problem-handler.ts';
import { refuseForeignHosts, type AllowedHosts } from './http/allowed-hosts.ts';
import { isTooComplex } from './http/json-complexity.ts';
import { giveRequestId } from './http/request-id.ts';
import { logRequests } from './http/request-log.ts';
import { refuseCrossSite } from './http/same-origin.ts';
import { securityHeaders } from './http/security-headers.ts';
import { leaveBodyOfReading, refuseTooLong } from './http/unread-body.ts';
import type { Logger } from './logging/loggers.ts';

/** Routes below `/api`, or what sees their errors first. */
export type ApiPart = Router | ErrorRequestHandler;

export interface HttpAppParts {
  readonly log: Logger;
  /** Whose `X-Forwarded-*` headers are believed. */
  readonly isTrustedProxy: CallerList;
  readonly allowedHosts: AllowedHosts;
  /** For those who watch over the bridge: health, metrics. */
  readonly operations: readonly Router[];
  readonly webhooks: Router;
  /** Everything below `/api`. */
  readonly api: readonly ApiPart[];
  readonly webApp: Router;
}

/** Manifests and previews of files fit well below. */
const MAX_JSON_BYTES = 256 * 1024;
const JSON_LIMITS = { maxDepth: 64, maxMembers: 20_000 };

/** The Express app: what each request passes, in this order. */
export function httpApp(parts: HttpAppParts): Express {
  const { log, isTrustedProxy, allowedHosts, operations, webhooks, api, webApp } = parts;
  const app = express();
  app.set('trust proxy', isTrustedProxy);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  // Answers are made for one reader at one time.
  app.set('etag', false);
  app.use(giveRequestId, logRequests(log), securityHeaders());
  app.use(leaveBodyOfReading);
  app.use(...operations, webhooks);
  // After what programs call: a webhook is protected by its signature, and comes under the name of any tunnel.
  app.use(refuseForeignHosts(allowedHosts));
  app.use('/api', apiRouter(api));
  app.use(webApp);
  app.use(() => {
    throw new BridgeError('not-found', 'There is nothing at this address.');
  });
  app.use(problemHandler(log));
  return app;
}

/** Before it is parsed: what nests deeper than the stack is could not be written down again. */
function refuseTooComplex(_request: unknown, _response: unknown, json: Buffer): void {
  if (!isTooComplex(json, JSON_LIMITS)) return;
  throw new BridgeError('invalid-request', 'The body nests too deep or holds too many members.');
}

/** Nothing is inflated: what is packed small may be large. */
const JSON_PARSING = { limit: MAX_JSON_BYTES, verify: refuseTooComplex, inflate: false };

function apiRouter(parts: readonly ApiPart[]): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.use(refuseCrossSite, refuseTooLong(MAX_JSON_BYTES));
  router.use(bodyParser.json(JSON_PARSING), ...parts);
  router.use((request) => {
    throw new BridgeError('not-found', `The API has no ${request.method} ${request.baseUrl}${request.path}.`);
  });
  return router;
}
