import { readFileSync } from 'node:fs';

import { Router } from 'express';

import { readBody } from '../api/request-body.ts';
import { accountRefusal } from '../api/upstream-error.ts';
import type { Cloud } from '../cloud.ts';
import { keepPagesOut } from './access.ts';
import { accountControlRoutes } from './accounts.routes.ts';
import { clockRoutes } from './clock.routes.ts';
import { conversationControlRoutes } from './conversations.routes.ts';
import { faultRoutes } from './faults.routes.ts';
import { settingsRoutes } from './settings.routes.ts';
import { stateRoutes } from './state.routes.ts';
import { webhookControlRoutes } from './webhooks.routes.ts';

/** Where people and tests turn the emulator's knobs: never on a path of the cloud's own. */
export const CONTROL_PATH = '/emulator/control';

export interface ControlAccess {
  readonly isEnabled: boolean;
  /** The emulator listens on this machine only: other names for it are a page's trick. */
  readonly isLocalOnly: boolean;
}

const OFF =
  'The control API is off, because the emulator can be reached from other machines. Its setting EMULATOR_CONTROL turns it on';

/** The control API: for people and tests. Its description is `openapi.json`. */
export function controlRoutes(cloud: Cloud, { isEnabled, isLocalOnly }: ControlAccess): Router {
  const outer = Router();
  if (!isEnabled) {
    outer.use(CONTROL_PATH, () => {
      throw accountRefusal(403, OFF);
    });
    return outer;
  }
  const description = readFileSync(new URL('openapi.json', import.meta.url), 'utf8');
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(description);
  });
  router.use(
    clockRoutes(cloud.clock),
    faultRoutes(cloud.faults),
    settingsRoutes(cloud.settings),
    webhookControlRoutes(cloud),
    accountControlRoutes(cloud.accounts),
    conversationControlRoutes(cloud.accounts),
  );
  router.use((request) => {
    throw accountRefusal(404, `The control API has no ${request.method} ${request.path}`);
  });
  outer.use(CONTROL_PATH, keepPagesOut(isLocalOnly), stateRoutes(cloud), readBody, router);
  return outer;
}
