import { decodeJwt } from 'jose/jwt/decode';

import type { AppKey } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import type { AppSecrets } from '../installations/app-secrets.ts';
import type { Installations } from '../installations/installations.ts';
import type { Logger } from '../logging/loggers.ts';
import type { AdminContext } from '../upstream/app-installation-client.ts';
import type { AppTokenClient } from '../upstream/app-token-client.ts';

export interface AppTokensDeps {
  readonly client: Pick<AppTokenClient, 'fetch'>;
  readonly secrets: Pick<AppSecrets, 'find'>;
  readonly installations: Pick<Installations, 'read'>;
  readonly log: Logger;
  readonly now: () => number;
}

/** When a token runs out and when a new one is asked for, epoch milliseconds. */
export interface TokenTimes {
  readonly expiresAt: number;
  readonly renewAt: number;
}

interface CachedToken extends TokenTimes {
  readonly token: string;
}

/** Renewed this long before it runs out, or at half of a life shorter than twice that. @see PROTOCOL.md §5.1 */
const RENEW_BEFORE_MS = 5 * 60 * 1000;
/** Tried again so long after a renewal that failed, however often the token is used meanwhile. */
const RENEW_AGAIN_AFTER_MS = 60 * 1000;
/** Assumed when the token does not tell. */
const USUAL_LIFETIME_MS = 60 * 60 * 1000;

/** The tokens of apps, kept in memory and renewed before they run out. */
export class AppTokens {
  private readonly deps: AppTokensDeps;
  private readonly cached = new Map<string, CachedToken>();
  private readonly pending = new Map<string, Promise<string>>();
  private readonly renewing = new Set<string>();

  constructor(deps: AppTokensDeps) {
    this.deps = deps;
  }

  /** @throws BridgeError `unknown-app`, `app-disabled`, `token-refused` */
  async get(context: AdminContext, appKey: AppKey): Promise<string> {
    const key = keyOf(context, appKey);
    const cached = this.cached.get(key);
    const now = this.deps.now();
    if (cached !== undefined && now < cached.expiresAt) {
      if (now >= cached.renewAt) this.renewBeside(context, appKey, cached);
      return cached.token;
    }
    const pending =
      this.pending.get(key) ?? this.renew(context, appKey).finally(() => this.pending.delete(key));
    this.pending.set(key, pending);
    return pending;
  }

  /** Of the token that is held; `null`: none is. */
  timesOf(context: AdminContext, appKey: AppKey): TokenTimes | null {
    const cached = this.cached.get(keyOf(context, appKey));
    return cached === undefined ? null : { expiresAt: cached.expiresAt, renewAt: cached.renewAt };
  }

  /** Called when the cloud no longer takes a token; a newer one that came meanwhile stays. */
  forget(context: AdminContext, appKey: AppKey, token: string): void {
    const key = keyOf(context, appKey);
    if (this.cached.get(key)?.token === token) this.cached.delete(key);
  }

  /** Nobody waits for it: the token that is held is good for a while, and a cloud that fails has time to recover. */
  private renewBeside(context: AdminContext, appKey: AppKey, held: CachedToken): void {
    const key = keyOf(context, appKey);
    if (this.renewing.has(key)) return;
    this.renewing.add(key);
    void this.renew({ ...context, patience: 'background' }, appKey)
      .catch((error: unknown) => {
        this.deps.log.info({ err: error, appKey }, 'an app token was not renewed');
        if (this.cached.get(key) === held) {
          this.cached.set(key, {
            ...held,
            renewAt: Math.min(this.deps.now() + RENEW_AGAIN_AFTER_MS, held.expiresAt),
          });
        }
      })
      .finally(() => this.renewing.delete(key));
  }

  private async renew(context: AdminContext, appKey: AppKey): Promise<string> {
    const token = await this.fetch(context, appKey);
    this.cached.set(keyOf(context, appKey), { token, ...timesOf(token, this.deps.now()) });
    return token;
  }

  private async fetch(context: AdminContext, appKey: AppKey): Promise<string> {
    const known = this.deps.secrets.find(context.services.account, appKey);
    if (known === null) return this.fetchAnew(context, appKey, null);
    try {
      return await this.deps.client.fetch(context, { key: appKey, secret: known });
    } catch (error) {
      if (!(error instanceof BridgeError && error.code === 'token-refused')) throw error;
      return this.fetchAnew(context, appKey, { secret: known, error });
    }
  }

  /** Reads the app first: its secret may have been rotated, or the app switched off. */
  private async fetchAnew(
    context: AdminContext,
    appKey: AppKey,
    refused: { readonly secret: string; readonly error: BridgeError } | null,
  ): Promise<string> {
    const { value: app } = await this.deps.installations.read(context, appKey);
    if (!app.enabled || app.deleted === true) {
      throw new BridgeError('app-disabled', `${app.client_name} is disabled. Enable it, then try again.`, {
        ...(refused?.error.upstream && { upstream: refused.error.upstream }),
      });
    }
    if (!app.client_secret) throw new BridgeError('token-refused', `${app.client_name} has no secret.`);
    if (refused !== null && refused.secret === app.client_secret) throw refused.error;
    return this.deps.client.fetch(context, { key: appKey, secret: app.client_secret });
  }
}

const keyOf = ({ services }: AdminContext, appKey: AppKey): string =>
  JSON.stringify([services.account, appKey]);

/** By the token's own span of life, so that a clock that is wrong here does no harm. */
function timesOf(token: string, now: number): TokenTimes {
  const lifetimeMs = lifetimeOf(token);
  const expiresAt = now + lifetimeMs;
  return { expiresAt, renewAt: expiresAt - Math.min(RENEW_BEFORE_MS, lifetimeMs / 2) };
}

function lifetimeOf(token: string): number {
  try {
    const { iat, exp } = decodeJwt(token);
    return iat === undefined || exp === undefined ? USUAL_LIFETIME_MS : Math.max(0, exp - iat) * 1000;
  } catch {
    // Not a JWT: usable all the same, the cloud tells when it has run out.
    return USUAL_LIFETIME_MS;
  }
}
