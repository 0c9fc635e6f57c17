import { Router } from 'express';

import type { CloudSettings } from '../cloud-settings.ts';
import { settingsSchema } from '../cloud-settings-schema.ts';
import { controlBody } from './control-request.ts';

/** Reads and changes how the cloud behaves. A change counts from the next time that something asks. */
export function settingsRoutes(settings: CloudSettings): Router {
  const router = Router();

  router.get('/settings', (_request, response) => {
    response.json(settings);
  });

  router.patch('/settings', (request, response) => {
    Object.assign(settings, controlBody(request, settingsSchema));
    response.json(settings);
  });

  return router;
}
