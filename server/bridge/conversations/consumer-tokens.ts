import type { DatabaseSync } from 'node:sqlite';

import { decodeJwt } from 'jose/jwt/decode';
import * as v from 'valibot';

import { asConsumerId, type AppKey, type ConsumerId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import { bytesOf } from '../storage/rows.ts';
import type { Seal } from '../storage/seal.ts';
import { idPart } from '../upstream/answer-parts.ts';
import type { ConsumerTokenClient } from '../upstream/consumer-token-client.ts';
import type { UpstreamContext } from '../upstream/upstream-call.ts';

/** Someone on whose behalf the app speaks. */
export interface ConsumerKey {
  readonly appKey: AppKey;
  readonly externalId: string;
}

export interface ConsumerToken {
  readonly token: string;
  readonly consumerId: ConsumerId;
}

/** The tokens of consumers; they do not run out, so they are kept (sealed) on disk. @see PROTOCOL.md §5.2 */
export class ConsumerTokens {
  private readonly client: ConsumerTokenClient;
  private readonly database: DatabaseSync;
  private readonly seal: Seal;

  constructor(client: ConsumerTokenClient, database: DatabaseSync, seal: Seal) {
    this.client = client;
    this.database = database;
    this.seal = seal;
  }

  /** @throws BridgeError `token-refused` */
  async get(context: UpstreamContext, consumer: ConsumerKey, appToken: string): Promise<ConsumerToken> {
    const kept = this.find(context.services.account, consumer);
    if (kept !== null) return { token: kept, consumerId: consumerIdOf(kept) };
    const token = await this.client.fetch(context, appToken, consumer.externalId);
    const consumerId = consumerIdOf(token);
    this.keep(context.services.account, consumer, token);
    return { token, consumerId };
  }

  /** When the kept token runs out, epoch milliseconds, `null` for never; as a whole `null`: none is kept. */
  timesOf(account: string, consumer: ConsumerKey): { readonly expiresAt: number | null } | null {
    const kept = this.find(account, consumer);
    if (kept === null) return null;
    const expiry = claimsOf(kept)['exp'];
    return { expiresAt: typeof expiry === 'number' ? expiry * 1000 : null };
  }

  forget(account: string, { appKey, externalId }: ConsumerKey): void {
    this.database
      .prepare('DELETE FROM consumer_tokens WHERE account = ? AND app_key = ? AND external_id = ?')
      .run(account, appKey, externalId);
  }

  private find(account: string, { appKey, externalId }: ConsumerKey): string | null {
    const row = this.database
      .prepare('SELECT sealed FROM consumer_tokens WHERE account = ? AND app_key = ? AND external_id = ?')
      .get(account, appKey, externalId);
    return row === undefined
      ? null
      : this.seal.open(bytesOf(row, 'sealed'), sealContext(account, { appKey, externalId }));
  }

  private keep(account: string, consumer: ConsumerKey, token: string): void {
    this.database
      .prepare(
        `INSERT INTO consumer_tokens (account, app_key, external_id, sealed) VALUES (?, ?, ?, ?)
         ON CONFLICT (account, app_key, external_id) DO UPDATE SET sealed = excluded.sealed`,
      )
      .run(
        account,
        consumer.appKey,
        consumer.externalId,
        this.seal.close(token, sealContext(account, consumer)),
      );
  }
}

const sealContext = (account: string, { appKey, externalId }: ConsumerKey): string =>
  JSON.stringify([account, appKey, externalId]);

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(token);
  } catch {
    // Told by whoever needs a claim: without them the token is of no use.
    return {};
  }
}

function consumerIdOf(token: string): ConsumerId {
  const id = claimsOf(token)['lp_consumer_id'];
  if (v.is(idPart, id)) return asConsumerId(id);
  throw new BridgeError('upstream-failed', 'The consumer token does not tell the consumer (lp_consumer_id).');
}
