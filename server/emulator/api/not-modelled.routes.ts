import { Router } from 'express';

import { notModelled } from './upstream-error.ts';

/** Every call that no other route took: 501, and what is missing. Comes last. */
export function notModelledRoutes(): Router {
  const router = Router();

  router.use((request) => {
    throw notModelled(`${request.method} ${request.path}`);
  });

  return router;
}
