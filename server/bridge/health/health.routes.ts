import { Router } from 'express';

import type { Readiness } from './readiness.ts';

/**
 * `GET /health`, as the README of the first demo app promised it; `GET /livez`: the process answers; `GET /readyz`: it can
 * do its work, else 503 with the reason.
 */
export function healthRoutes(readiness: Pick<Readiness, 'state'>): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'UP' });
  });
  router.get('/livez', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const status = await readiness.state();
    response
      .status(status === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status });
  });
  return router;
}
