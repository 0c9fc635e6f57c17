import express from 'express';
import type { Express, RequestHandler } from 'express';

import { agentLoginRoutes } from './api/agent-login.routes.ts';
import { appInstallationRoutes } from './api/app-installation.routes.ts';
import { appTokenRoutes } from './api/app-token.routes.ts';
import { consumerTokenRoutes } from './api/consumer-token.routes.ts';
import { errorHandler } from './api/error-handler.ts';
import { featureGrantsRoutes } from './api/feature-grants.routes.ts';
import { frontPageRoutes } from './api/front-page.routes.ts';
import { fileStorageRoutes } from './api/file-storage.routes.ts';
import { historyRoutes } from './api/history.routes.ts';
import { messagingRoutes } from './api/messaging.routes.ts';
import { methodOverride } from './api/method-override.ts';
import { notModelledRoutes } from './api/not-modelled.routes.ts';
import { readBody } from './api/request-body.ts';
import { serviceDirectoryRoutes } from './api/service-directory.routes.ts';
import type { Cloud } from './cloud.ts';
import { controlRoutes } from './control/control.routes.ts';
import type { ControlAccess } from './control/control.routes.ts';
import type { EmulatorLog } from './emulator-log.ts';
import { callFaults } from './faults/call-faults.ts';

/** The HTTP surface of the emulated cloud: all services behind one port, told apart by their paths. */
export function createHttpApp(cloud: Cloud, log: EmulatorLog, control: ControlAccess): Express {
  const app = express();
  app.disable('x-powered-by');
  // No conditional answers: the real services give none.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(noticeChanges(cloud.changed), controlRoutes(cloud, control), frontPageRoutes(control));
  const { ofFiles, ofCalls } = callFaults(cloud);
  app.use(ofFiles);
  // Files are larger than anything else, and are read only for who may leave them.
  app.use(fileStorageRoutes(cloud));
  app.use(methodOverride, readBody, ofCalls);
  app.use(
    serviceDirectoryRoutes(cloud.accounts),
    agentLoginRoutes(cloud),
    featureGrantsRoutes(cloud.accounts),
    appInstallationRoutes(cloud),
    appTokenRoutes(cloud),
    consumerTokenRoutes(cloud),
    messagingRoutes(cloud),
    historyRoutes(cloud),
    notModelledRoutes(),
  );
  app.use(errorHandler(log));
  return app;
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every call that does more than read may have changed something that is to be kept. */
const noticeChanges =
  (changed: () => void): RequestHandler =>
  (request, response, next) => {
    if (!READING.has(request.method)) response.once('close', changed);
    next();
  };
