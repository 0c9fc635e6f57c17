import { Router } from 'express';
import * as v from 'valibot';

import { EMULATOR_PERSONAS } from '#protocol/emulator-controls';

import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';
import { MESSAGING_FEATURE } from '../state/seed.ts';
import { controlBody, namedAccount } from './control-request.ts';

const ms = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(31_536_000_000));

const skillId = v.pipe(v.string(), v.regex(/^(-1|\d{1,10})$/));

const accountSettingsSchema = v.strictObject({
  persona: v.exactOptional(v.nullable(v.picklist(EMULATOR_PERSONAS))),
  hasSurvey: v.exactOptional(v.boolean()),
  surveySkills: v.exactOptional(v.nullable(v.pipe(v.array(skillId), v.maxLength(100)))),
  surveyTimeoutMs: v.exactOptional(ms),
  autoCloseAfterMs: v.exactOptional(v.nullable(ms)),
  welcomeMessage: v.exactOptional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(5000)))),
});

const changeSchema = v.strictObject({
  /** The feature `Common.Async_Messaging`. */
  isMessagingEnabled: v.exactOptional(v.boolean()),
  /** Features by `compoundFeatureID`. */
  settings: v.exactOptional(accountSettingsSchema),
  features: v.exactOptional(v.record(v.pipe(v.string(), v.minLength(1), v.maxLength(200)), v.boolean())),
});

/** Tells what accounts there are and changes what is provisioned for them. @see PROTOCOL.md §3 */
export function accountControlRoutes(accounts: Accounts): Router {
  const router = Router();

  router.get('/accounts', (_request, response) => {
    response.json({ accounts: accounts.list().map(described) });
  });

  router.get('/accounts/:account', (request, response) => {
    response.json(described(namedAccount(accounts, request)));
  });

  router.patch('/accounts/:account', (request, response) => {
    const account = namedAccount(accounts, request);
    const { isMessagingEnabled, settings, features = {} } = controlBody(request, changeSchema);
    for (const [feature, isOn] of Object.entries(features)) account.features.set(feature, isOn);
    if (isMessagingEnabled !== undefined) account.features.set(MESSAGING_FEATURE, isMessagingEnabled);
    Object.assign(account.settings, settings);
    response.json(described(account));
  });

  return router;
}

const described = (account: Account): object => ({
  id: account.id,
  isMessagingEnabled: account.features.get(MESSAGING_FEATURE) ?? false,
  features: Object.fromEntries(account.features),
  settings: account.settings,
  users: account.users.map(({ password, apiKeys, ...user }) => ({
    ...user,
    canSignIn: password !== null || apiKeys !== undefined,
  })),
  skills: account.skills,
  campaigns: account.campaigns,
  apps: account.installations
    .list()
    .map(({ id, client_name: name, enabled: isEnabled, scope }) => ({ id, name, isEnabled, scope })),
  openConversations: account.conversations.list().filter(({ stage }) => stage === 'OPEN').length,
});
