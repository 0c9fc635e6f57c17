import { Router } from 'express';
import * as v from 'valibot';

import type { Accounts } from '../state/accounts.ts';
import type { CloudTokens } from '../tokens/cloud-tokens.ts';
import { accountOf } from './account-of.ts';
import { readAppAuthority } from './app-authority.ts';
import { queryText } from './query.ts';
import { jsonBody } from './request-body.ts';
import { accountRefusal } from './upstream-error.ts';

export interface ConsumerTokenDeps {
  readonly accounts: Accounts;
  readonly tokens: CloudTokens;
}

const bodySchema = v.object({ ext_consumer_id: v.pipe(v.string(), v.minLength(1)) });

/** The token of a consumer whom the connector vouches for. @see PROTOCOL.md §5.2 */
export function consumerTokenRoutes({ accounts, tokens }: ConsumerTokenDeps): Router {
  const router = Router();

  router.post('/api/account/:account/consumer', async (request, response) => {
    const account = accountOf(accounts, request);
    if (queryText(request, 'v') !== '1.0') throw accountRefusal(400, 'The parameter v must be 1.0');
    const authority = await readAppAuthority(request, account, tokens);
    if (typeof authority === 'string')
      throw accountRefusal(401, 'The AppJWT is missing, wrong or has expired');
    const body = v.safeParse(bodySchema, jsonBody(request, accountRefusal));
    if (!body.success) throw accountRefusal(400, 'ext_consumer_id is missing');
    const token = await tokens.issueConsumerToken(account.id, body.output.ext_consumer_id);
    response.status(201).json({ token });
  });

  return router;
}
