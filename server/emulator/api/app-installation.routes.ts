import { Router } from 'express';
import type { Request, Response } from 'express';
import * as v from 'valibot';

import type { AppInstallation } from '#protocol/app-installation';

import type { Account } from '../state/account-state.ts';
import type { Accounts } from '../state/accounts.ts';
import { createManifestSchema } from '../state/installation-manifest.ts';
import type { InstallationManifest, IsLocalHost } from '../state/installation-manifest.ts';
import { accountOf } from './account-of.ts';
import { requireAdministrator, requireConfigurationVersion } from './agent-authority.ts';
import { jsonBody } from './request-body.ts';
import { accountRefusal } from './upstream-error.ts';

export interface AppInstallationDeps {
  readonly accounts: Accounts;
  readonly isLocalHost: IsLocalHost;
}

const INSTALLATIONS = '/api/account/:account/configuration/app-install/installations';

/** The account's app installations. @see PROTOCOL.md §4 */
export function appInstallationRoutes({ accounts, isLocalHost }: AppInstallationDeps): Router {
  const router = Router();
  const authorised = (request: Request<{ account: string }>): Account => {
    const account = accountOf(accounts, request);
    requireAdministrator(account, request);
    requireConfigurationVersion(request);
    return account;
  };
  routeReading(router, authorised);
  routeInstalling(router, authorised, manifestReader(isLocalHost));
  routeDeleting(router, authorised);
  return router;
}

/** The account of a caller who may see and change its installations. */
type Authorised = (request: Request<{ account: string }>) => Account;

function routeReading(router: Router, authorised: Authorised): void {
  router.get(INSTALLATIONS, (request, response) => {
    const account = authorised(request);
    answer(response, account).json(account.installations.list());
  });

  router.get(`${INSTALLATIONS}/:id`, (request, response) => {
    const account = authorised(request);
    answer(response, account).json(installationOf(account, request.params.id));
  });
}

function routeInstalling(
  router: Router,
  authorised: Authorised,
  manifestOf: (request: Request) => InstallationManifest,
): void {
  router.post(INSTALLATIONS, (request, response) => {
    const account = authorised(request);
    requireRevision(account, request, { isMandatory: false });
    const created = account.installations.create(manifestOf(request));
    if (created === 'duplicate-name') throw nameTaken();
    answer(response, account).status(201).json(created);
  });

  router.put(`${INSTALLATIONS}/:id`, (request, response) => {
    const account = authorised(request);
    const present = installationOf(account, request.params.id);
    requireRevision(account, request, { isMandatory: true });
    const updated = account.installations.update(present.id, manifestOf(request));
    if (updated === 'duplicate-name') throw nameTaken();
    if (updated === 'unknown') throw unknownApp(present.id);
    answer(response, account).json(updated);
  });
}

function routeDeleting(router: Router, authorised: Authorised): void {
  router.delete(`${INSTALLATIONS}/:id`, (request, response) => {
    const account = authorised(request);
    const present = installationOf(account, request.params.id);
    requireRevision(account, request, { isMandatory: true });
    account.installations.remove(present.id);
    answer(response, account).status(204).end();
  });
}

function manifestReader(isLocalHost: IsLocalHost): (request: Request) => InstallationManifest {
  const schema = createManifestSchema(isLocalHost);
  return (request) => {
    const result = v.safeParse(schema, jsonBody(request, accountRefusal));
    if (result.success) return result.output;
    const [issue] = result.issues;
    throw accountRefusal(400, `${v.getDotPath(issue) ?? 'The body'}: ${issue.message}`);
  };
}

/** Every answer tells the account's revision. @see PROTOCOL.md §4.1 */
function answer(response: Response, account: Account): Response {
  return response.set('ac-revision', String(account.installations.revision));
}

function installationOf(account: Account, id: string): AppInstallation {
  const app = account.installations.get(id);
  if (!app) throw unknownApp(id);
  return app;
}

/** A change names the revision it is based on: missing answers 428, stale 412. @see PROTOCOL.md §4.1 */
function requireRevision(
  account: Account,
  request: Request,
  { isMandatory }: { readonly isMandatory: boolean },
): void {
  const given = request.get('if-match');
  if (given === undefined) {
    if (isMandatory) throw accountRefusal(428, 'The header If-Match is missing');
    return;
  }
  if (given.replaceAll('"', '') !== String(account.installations.revision)) {
    throw accountRefusal(412, `The revision is ${account.installations.revision}, not ${given}`);
  }
}

const unknownApp = (id: string): Error => accountRefusal(404, `There is no app installation ${id}`);
const nameTaken = (): Error => accountRefusal(409, 'Another app installation has this client_name');
