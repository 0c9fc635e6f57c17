import { Router } from 'express';
import type { Request } from 'express';

import type { Accounts } from '../state/accounts.ts';
import type { CloudTokens } from '../tokens/cloud-tokens.ts';
import { accountOf } from './account-of.ts';
import { bodyText, parsedJson } from './request-body.ts';
import { oauthRefusal } from './upstream-error.ts';

export interface AppTokenDeps {
  readonly accounts: Accounts;
  readonly tokens: CloudTokens;
}

/** The token of a connector app, and the keys to check it with. @see PROTOCOL.md §5.1 */
export function appTokenRoutes({ accounts, tokens }: AppTokenDeps): Router {
  const router = Router();

  router.post('/sentinel/api/account/:account/app/token', async (request, response) => {
    const account = accountOf(accounts, request);
    const parameters = tokenParameters(request);
    if (parameters('v') !== '1.0') throw oauthRefusal(400, 'invalid_request', 'v must be 1.0');
    const grant = parameters('grant_type');
    if (grant === null) throw oauthRefusal(400, 'invalid_request', 'grant_type is missing');
    if (grant !== 'client_credentials') {
      throw oauthRefusal(400, 'unsupported_grant_type', 'grant_type must be client_credentials');
    }
    const clientId = parameters('client_id');
    const clientSecret = parameters('client_secret');
    if (clientId === null || clientSecret === null) {
      throw oauthRefusal(400, 'invalid_request', 'client_id and client_secret must be given once');
    }
    const app = account.installations.withSecret(clientId, clientSecret);
    if (!app) throw oauthRefusal(401, 'invalid_client', 'Unknown or disabled client, or wrong secret');
    const token = await tokens.issueAppToken(account.id, app);
    response.set('cache-control', 'no-store').json({ access_token: token, token_type: 'Bearer' });
  });

  router.get('/.well-known/jwks.json', (_request, response) => {
    response.json({ keys: tokens.publicKeys });
  });

  return router;
}

/** Each parameter may stand in the query or in the body, once. @see PROTOCOL.md §5.1, §14.1 #5 */
function tokenParameters(request: Request): (name: string) => string | null {
  const body = bodyParameters(request);
  return (name) => {
    const given = [request.query[name], ...body.getAll(name)].flat().filter((value) => value !== undefined);
    const [only] = given;
    return given.length === 1 && typeof only === 'string' && only !== '' ? only : null;
  };
}

/** A form, also under the name of JSON, and JSON itself. */
function bodyParameters(request: Request): URLSearchParams {
  const text = bodyText(request);
  const value = request.is('application/json') === false ? undefined : parsedJson(text);
  if (typeof value !== 'object' || value === null) return new URLSearchParams(text);
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return new URLSearchParams(texts);
}
