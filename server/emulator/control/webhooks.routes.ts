import { Router } from 'express';

import { WEBHOOK_EVENT_TYPES, isConnectorApp } from '#protocol/app-installation';
import type { AppInstallation } from '#protocol/app-installation';
import { asAppKey } from '#protocol/identifiers';

import { queryText } from '../api/query.ts';
import { accountRefusal } from '../api/upstream-error.ts';
import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';
import type { RedeliveryRefusal } from '../webhooks/redeliveries.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import { queryChoice, queryNumber, namedAccount } from './control-request.ts';

export interface WebhookControlDeps {
  readonly accounts: Accounts;
  readonly webhooks: WebhookSender;
}

const OUTCOMES = ['delivered', 'lost', 'failed', 'expired', 'unwanted'] as const;
const MOST_LISTED = 1000;

/** Tells how the webhooks of the apps stand and what came of each. @see PROTOCOL.md §8.5, §8.6 */
export function webhookControlRoutes({ accounts, webhooks }: WebhookControlDeps): Router {
  const router = Router();

  router.get('/accounts/:account/apps', (request, response) => {
    const account = namedAccount(accounts, request);
    const apps = account.installations.effective.list().filter(isConnectorApp);
    response.json({ apps: apps.map((app) => appStanding(webhooks, account, app)) });
  });

  router.post('/accounts/:account/apps/:app/switch-on', (request, response) => {
    const account = namedAccount(accounts, request);
    const app = account.installations.effective.get(asAppKey(request.params.app));
    if (!app) throw accountRefusal(404, `There is no app ${request.params.app}`);
    webhooks.endpoints.switchOn(app);
    response.json(appStanding(webhooks, account, app));
  });

  router.get('/deliveries', (request, response) => {
    const reports = webhooks.deliveries.list({
      after: queryNumber(request, 'after') ?? 0,
      account: queryText(request, 'account') ?? undefined,
      app: queryText(request, 'app') ?? undefined,
      conversation: queryText(request, 'conversation') ?? undefined,
      outcome: queryChoice(request, 'outcome', OUTCOMES),
    });
    const limit = Math.min(queryNumber(request, 'limit') ?? MOST_LISTED, MOST_LISTED);
    response.json({ deliveries: reports.slice(Math.max(0, reports.length - limit)) });
  });

  router.post('/accounts/:account/deliveries/:id/redeliver', (request, response) => {
    const account = namedAccount(accounts, request);
    const { id } = request.params;
    const begun = webhooks.redeliveries.begin(account, id);
    if (begun === 'unknown')
      throw accountRefusal(404, `The try ${id} is not known (any more). ${WHY_UNKNOWN}`);
    if (typeof begun === 'string') throw accountRefusal(409, WHY_NOT[begun]);
    response.status(202).json(begun);
  });

  return router;
}

const WHY_UNKNOWN =
  'It is of another account, too long ago, or from before the emulator began anew: list the deliveries again';

const WHY_NOT: Readonly<Record<Exclude<RedeliveryRefusal, 'unknown'>, string>> = {
  'not-kept': 'The body of this webhook is not kept any more: only the latest are',
  'app-gone': 'The app is not installed any more',
  'app-disabled': 'The app is disabled: nothing is sent to it. Enable it first',
  'no-endpoint': 'The app has no endpoint for events of this type any more. Set one first',
  elsewhere: 'The endpoint is not on this machine, and the emulator calls nothing else',
  'switched-off': 'The endpoint was switched off because it stayed slow. Switch it on first',
  'too-many': 'Too many redeliveries wait for their answers: wait until some have come',
  resting: 'The emulator is ending: it posts nothing more',
};

function appStanding(webhooks: WebhookSender, account: Account, app: AppInstallation): object {
  const { phase, since, failures, nextAt, waiting, waitingSince } = webhooks.standingOf(account, app);
  return {
    app: app.client_id,
    name: app.client_name,
    isEnabled: app.enabled,
    phase,
    since,
    failures,
    nextAt,
    waiting,
    waitingSince,
    retentionTimeS: app.capabilities?.webhooks?.retry?.retention_time ?? null,
    endpoints: WEBHOOK_EVENT_TYPES.flatMap((eventType) => {
      const webhook = app.capabilities?.webhooks?.[eventType];
      if (!webhook) return [];
      const { endpoint, max_retries: maxRetries = null } = webhook;
      return [{ eventType, endpoint, maxRetries, ...webhooks.endpoints.standing(app, endpoint) }];
    }),
  };
}
