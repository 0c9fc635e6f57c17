import type { Request } from 'express';

import type { AppInstallation } from '#protocol/app-installation';

import type { Account } from '../state/account-state.ts';
import type { CloudTokens } from '../tokens/cloud-tokens.ts';

export type AppAuthorityRefusal = 'missing' | 'invalid' | 'claims-missing';

/**
 * The connector app whose app token the call carries. The token is sent raw; `Bearer ` in front is tolerated.
 * An app that was switched off or deleted since has no authority left, whatever its token says.
 *
 * @see PROTOCOL.md §5.1, §14.1 #6
 */
export async function readAppAuthority(
  request: Request,
  account: Account,
  tokens: CloudTokens,
): Promise<AppInstallation | AppAuthorityRefusal> {
  const header = request.get('authorization')?.trim() ?? '';
  if (header === '') return 'missing';
  const claims = await tokens.readAppToken(header.replace(/^Bearer\s+/i, ''));
  if (typeof claims === 'string') return claims;
  const app = account.installations.connector(claims.appKey);
  return claims.account === account.id && app ? app : 'invalid';
}
