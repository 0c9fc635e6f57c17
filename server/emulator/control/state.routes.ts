import express, { Router } from 'express';

import { jsonBody } from '../api/request-body.ts';
import { accountRefusal } from '../api/upstream-error.ts';
import type { Cloud } from '../cloud.ts';
import { readSnapshot, resetCloud, restoreSnapshot, takeSnapshot } from '../snapshot/cloud-snapshot.ts';

/** Snapshots may be larger than any call of the cloud. */
const LARGEST_SNAPSHOT = '64mb';

/** Snapshot, restore and reset of everything, while it runs. Reads its bodies itself. */
export function stateRoutes(cloud: Cloud): Router {
  const router = Router();

  router.get('/state', (_request, response) => {
    response.type('application/json').send(JSON.stringify(takeSnapshot(cloud), null, 2));
  });

  router.put(
    '/state',
    express.raw({ type: () => true, limit: LARGEST_SNAPSHOT }),
    async (request, response) => {
      const reading = await readSnapshot(jsonBody(request, accountRefusal));
      if ('problem' in reading) throw accountRefusal(400, reading.problem);
      restoreSnapshot(cloud, reading);
      cloud.accounts.resume();
      response.status(204).end();
    },
  );

  router.post('/state/reset', (_request, response) => {
    resetCloud(cloud);
    response.status(204).end();
  });

  return router;
}
