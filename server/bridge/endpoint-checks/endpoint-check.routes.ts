import { Router } from 'express';

import type { EndpointCheckAnswer } from '#protocol/endpoint-check';
import { asAppKey } from '#protocol/identifiers';

import { pathParameter } from '../http/parameters.ts';
import type { BrowserSession } from '../sign-in/browser-session.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import { CheckPace } from './check-pace.ts';
import type { EndpointChecks } from './endpoint-checks.ts';

export interface EndpointCheckRoutesDeps {
  readonly browser: BrowserSession;
  readonly access: CloudAccess;
  readonly checks: EndpointChecks;
  readonly now: () => number;
}

export function endpointCheckRoutes({ browser, access, checks, now }: EndpointCheckRoutesDeps): Router {
  const router = Router();
  const pace = new CheckPace(now);

  router.post('/installations/:id/check', async (request, response) => {
    const session = browser.require(request);
    const id = asAppKey(pathParameter(request, 'id'));
    const answer = await pace.run(session.key, () => checks.run(access.contextOf(session), id));
    response.json(answer satisfies EndpointCheckAnswer);
  });

  return router;
}
