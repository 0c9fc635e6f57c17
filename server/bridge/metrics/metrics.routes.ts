import { Router } from 'express';

import { BridgeError } from '../errors/bridge-error.ts';
import type { BridgeMetrics } from './bridge-metrics.ts';

export interface MetricsRoutesDeps {
  readonly metrics: Pick<BridgeMetrics, 'expose'>;
  /** Whether the caller at this address may read them. */
  readonly allows: (address: string | undefined) => boolean;
}

/** `GET /metrics` for those who may; to everybody else there is nothing. */
export function metricsRoutes({ metrics, allows }: MetricsRoutesDeps): Router {
  const router = Router();
  router.get('/metrics', (request, response) => {
    if (!allows(request.ip)) throw new BridgeError('not-found', 'There is nothing at this address.');
    response
      .set('Cache-Control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metrics.expose());
  });
  return router;
}
