import { Router } from 'express';

import type { Accounts } from '../state/accounts.ts';
import { accountOf } from './account-of.ts';
import { requireAgent, requireConfigurationVersion } from './agent-authority.ts';

const FEATURE_GRANTS = '/api/account/:account/configuration/provision/featureGrants';

/** Which features the account has. The doubled `accountList` is real. @see PROTOCOL.md §3 */
export function featureGrantsRoutes(accounts: Accounts): Router {
  const router = Router();

  router.get(FEATURE_GRANTS, (request, response) => {
    const account = accountOf(accounts, request);
    requireAgent(account, request);
    requireConfigurationVersion(request);
    const data = [...account.features].map(([compoundFeatureID, value]) => ({
      compoundFeatureID,
      startDate: null,
      endDate: null,
      isDeleted: false,
      value: { type: 'system', value },
    }));
    response.json({ appDataList: [{ accountList: { accountList: [{ itemsCollection: { data } }] } }] });
  });

  return router;
}
