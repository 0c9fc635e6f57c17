import { Router } from 'express';

import type { About } from '#protocol/bridge-api';

/** What a browser may know before anybody signs in. */
export function aboutRoutes(about: () => About): Router {
  const router = Router();
  router.get('/about', (_request, response) => {
    response.json(about());
  });
  return router;
}
