import { Router } from 'express';

import type { ConversationHistory } from '#protocol/bridge-api';
import { asConversationId } from '#protocol/identifiers';

import { pathParameter } from '../http/parameters.ts';
import type { BrowserSession } from '../sign-in/browser-session.ts';
import type { ConversationHistories } from './conversation-histories.ts';

export interface HistoryRoutesDeps {
  readonly browser: BrowserSession;
  readonly histories: ConversationHistories;
}

export function historyRoutes({ browser, histories }: HistoryRoutesDeps): Router {
  const router = Router();

  router.get('/conversations/:id/history', async (request, response) => {
    const session = browser.require(request);
    const id = asConversationId(pathParameter(request, 'id'));
    response.json((await histories.read(session, id)) satisfies ConversationHistory);
  });

  return router;
}
