import { readFileSync } from 'node:fs';

import { Router } from 'express';

/** Describes this API; kept among the documents, because people read it too. */
export const DESCRIPTION_FILE = new URL('../../../docs/openapi.json', import.meta.url);

/** `GET /api/openapi.json`: what is here, for programs. */
export function openApiRoutes(): Router {
  const description = readFileSync(DESCRIPTION_FILE, 'utf8');
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(description);
  });
  return router;
}
