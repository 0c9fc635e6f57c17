import { Router } from 'express';

/** `GET /health`, as the README of the first demo app promised it. */
export function healthRoutes(): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'UP' });
  });
  return router;
}
