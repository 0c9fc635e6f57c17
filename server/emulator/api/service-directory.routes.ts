import { Router } from 'express';
import type { Request } from 'express';

import { asAccountId } from '#protocol/identifiers';
import { SERVICE_NAMES } from '#protocol/service-directory';
import type { ServiceDirectory, ServiceEntry } from '#protocol/service-directory';

import type { Accounts } from '../state/accounts.ts';
import { callerHost } from './caller-host.ts';
import { queryText } from './query.ts';
import { accountRefusal } from './upstream-error.ts';

/** Listed beside what is modelled, as the real directory does; calls to it answer 501. @see PROTOCOL.md §1.2 */
const OTHER_SERVICES = ['liveEngageUI'];

/** All services of an account, at the host that the caller used. @see PROTOCOL.md §1.2 */
export function serviceDirectory(account: string, host: string): ServiceDirectory {
  const entry = (service: string): ServiceEntry => ({
    service,
    account: asAccountId(account),
    baseURI: host,
  });
  return { baseURIs: [...SERVICE_NAMES, ...OTHER_SERVICES].map(entry) };
}

/** Where the services of an account are. @see PROTOCOL.md §1 */
export function serviceDirectoryRoutes(accounts: Accounts): Router {
  const router = Router();

  router.get('/api/account/:account/service/baseURI.json', (request, response) => {
    response.json(directoryFor(accounts, request));
  });

  router.get('/api/account/:account/service/:service/baseURI.json', (request, response) => {
    const { baseURIs } = directoryFor(accounts, request);
    const entry = baseURIs.find(({ service }) => service === request.params.service);
    if (!entry) throw accountRefusal(404, `There is no service ${request.params.service}`);
    response.json(entry);
  });

  return router;
}

function directoryFor(accounts: Accounts, request: Request<{ account: string }>): ServiceDirectory {
  if (queryText(request, 'version') !== '1.0') throw accountRefusal(400, 'The parameter version must be 1.0');
  const { account } = request.params;
  if (!accounts.exists(account)) throw accountRefusal(404, `There is no account ${account}`);
  return serviceDirectory(account, callerHost(request));
}
