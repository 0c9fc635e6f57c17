import { Router, type Request } from 'express';

import type { InstallationSecret, MessagingProperty } from '#protocol/bridge-api';
import { asAppKey, type AppKey } from '#protocol/identifiers';

import { parseBody } from '../http/parse-body.ts';
import { pathParameter, queryParameter } from '../http/parameters.ts';
import type { BrowserSession } from '../sign-in/browser-session.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { AccountConfigClient } from '../upstream/account-config-client.ts';
import type { AdminContext } from '../upstream/app-installation-client.ts';
import {
  createInstallationSchema,
  replaceInstallationSchema,
  updateWebhooksSchema,
} from './installation-schema.ts';
import type { Installations } from './installations.ts';

export interface InstallationRoutesDeps {
  readonly browser: BrowserSession;
  readonly access: CloudAccess;
  readonly installations: Installations;
  readonly accountConfig: AccountConfigClient;
}

export function installationRoutes(deps: InstallationRoutesDeps): Router {
  const router = Router();
  addReading(router, deps);
  addChanging(router, deps);
  return router;
}

function addReading(router: Router, deps: InstallationRoutesDeps): void {
  const { installations, accountConfig } = deps;

  router.get('/messaging', async (request, response) => {
    const context = contextOf(request, deps);
    const isEnabled = await accountConfig.isMessagingEnabled(context, context.bearer);
    response.json({ isEnabled } satisfies MessagingProperty);
  });

  router.get('/installations', async (request, response) => {
    response.json(await installations.list(contextOf(request, deps)));
  });

  router.get('/installations/:id', async (request, response) => {
    response.json(await installations.get(contextOf(request, deps), idOf(request)));
  });

  // A POST, so that no page of another site and no prefetch can ask for it.
  router.post('/installations/:id/secret', async (request, response) => {
    const clientSecret = await installations.secret(contextOf(request, deps), idOf(request));
    response.json({ clientSecret } satisfies InstallationSecret);
  });
}

function addChanging(router: Router, deps: InstallationRoutesDeps): void {
  const { installations } = deps;

  router.post('/installations', async (request, response) => {
    const context = contextOf(request, deps);
    const { installation } = parseBody(request, createInstallationSchema);
    response.status(201).json(await installations.create(context, installation));
  });

  router.put('/installations/:id', async (request, response) => {
    const context = contextOf(request, deps);
    const { installation: draft, revision } = parseBody(request, replaceInstallationSchema);
    response.json(await installations.replace(context, idOf(request), { draft, revision }));
  });

  router.put('/installations/:id/webhooks', async (request, response) => {
    const context = contextOf(request, deps);
    const update = parseBody(request, updateWebhooksSchema);
    response.json(await installations.updateWebhooks(context, idOf(request), update));
  });

  router.delete('/installations/:id', async (request, response) => {
    await installations.remove(contextOf(request, deps), idOf(request), queryParameter(request, 'revision'));
    response.status(204).end();
  });
}

function contextOf(request: Request, { access, browser }: InstallationRoutesDeps): AdminContext {
  return access.contextOf(browser.require(request));
}

function idOf(request: Request): AppKey {
  return asAppKey(pathParameter(request, 'id'));
}
