import { SignJWT, jwtVerify } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import * as v from 'valibot';

import type { AppInstallation } from '#protocol/app-installation';
import { asAccountId, asAppKey, asConsumerId } from '#protocol/identifiers';
import type { AccountId, AppKey, ConsumerId } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';
import type { CloudSettings } from '../cloud-settings.ts';
import { consumerIdOf } from '../state/identity.ts';
import { KEY_ID } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';

const ISSUER = 'Sentinel';

/** What a valid app token says. @see PROTOCOL.md §5.1 */
export interface AppTokenClaims {
  readonly account: AccountId;
  readonly appKey: AppKey;
  readonly scope: string;
}

/** What a valid consumer token says. @see PROTOCOL.md §5.2 */
export interface ConsumerTokenClaims {
  readonly account: AccountId;
  readonly consumerId: ConsumerId;
  readonly externalId: string;
}

const appClaimsSchema = v.object({
  aud: v.string(),
  azp: v.string(),
  scope: v.string(),
  iss: v.literal(ISSUER),
  exp: v.number(),
});
const consumerClaimsSchema = v.object({
  account_id: v.string(),
  ext_consumer_id: v.string(),
  lp_consumer_id: v.string(),
});

export interface CloudTokensDeps {
  readonly clock: Clock;
  readonly settings: CloudSettings;
  readonly key: SigningKey;
}

/** Issues and reads the two tokens of a connector. @see PROTOCOL.md §5 */
export class CloudTokens {
  private readonly deps: CloudTokensDeps;
  private key: SigningKey;

  constructor(deps: CloudTokensDeps) {
    this.deps = deps;
    this.key = deps.key;
  }

  get signingKey(): SigningKey {
    return this.key;
  }

  /** Signs and reads with another key: tokens of the one before are worth nothing any more. */
  useKey(key: SigningKey): void {
    this.key = key;
  }

  /** Keys with which anybody can check the tokens. */
  get publicKeys(): readonly JWK[] {
    return [this.key.publicJwk];
  }

  issueAppToken(account: AccountId, app: AppInstallation): Promise<string> {
    const issuedAt = Math.floor(this.deps.clock.now() / 1000);
    const expiresAt = issuedAt + this.deps.settings.appTokenLifetimeS;
    return this.sign({
      aud: account,
      azp: app.client_id,
      scope: app.scope ?? '',
      iss: ISSUER,
      exp: expiresAt,
      iat: issuedAt,
    });
  }

  /** Never expires. @see PROTOCOL.md §5.2 */
  issueConsumerToken(account: AccountId, externalId: string): Promise<string> {
    return this.sign({
      account_id: account,
      ext_consumer_id: externalId,
      lp_consumer_id: consumerIdOf(account, externalId),
    });
  }

  async readAppToken(token: string): Promise<AppTokenClaims | 'invalid' | 'claims-missing'> {
    const payload = await this.verified(token);
    if (!payload) return 'invalid';
    const claims = v.safeParse(appClaimsSchema, payload);
    if (!claims.success) return 'claims-missing';
    const { aud, azp, scope } = claims.output;
    return { account: asAccountId(aud), appKey: asAppKey(azp), scope };
  }

  async readConsumerToken(token: string): Promise<ConsumerTokenClaims | null> {
    const claims = v.safeParse(consumerClaimsSchema, await this.verified(token));
    if (!claims.success) return null;
    const { account_id, lp_consumer_id, ext_consumer_id } = claims.output;
    return {
      account: asAccountId(account_id),
      consumerId: asConsumerId(lp_consumer_id),
      externalId: ext_consumer_id,
    };
  }

  private sign(payload: JWTPayload): Promise<string> {
    const header = { kid: KEY_ID, typ: 'JWT', alg: 'RS256' };
    return new SignJWT(payload).setProtectedHeader(header).sign(this.key.privateKey);
  }

  /** The payload of a token that we signed and that has not expired. */
  private async verified(token: string): Promise<JWTPayload | null> {
    const currentDate = new Date(this.deps.clock.now());
    try {
      const options = { algorithms: ['RS256'], currentDate };
      return (await jwtVerify(token, this.key.publicKey, options)).payload;
    } catch {
      // Malformed, foreign or expired: the cloud tells these apart to nobody.
      return null;
    }
  }
}
