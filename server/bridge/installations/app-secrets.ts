import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { AppInstallation } from '#protocol/app-installation';
import { asAppKey, type AccountId, type AppKey } from '#protocol/identifiers';

import { inTransaction } from '../storage/database.ts';
import { bytesOf, textOf } from '../storage/rows.ts';
import type { Seal } from '../storage/seal.ts';

/** The secrets of apps, sealed at rest, so that webhooks are verified right after a restart. */
export class AppSecrets {
  private readonly database: DatabaseSync;
  private readonly seal: Seal;
  private readonly selection: StatementSync;
  /** Opened secrets by account and app key: every webhook needs one. */
  private readonly opened = new Map<string, Map<string, string>>();

  constructor(database: DatabaseSync, seal: Seal) {
    this.database = database;
    this.seal = seal;
    this.selection = database.prepare('SELECT sealed FROM app_secrets WHERE account = ? AND app_key = ?');
  }

  /** Keeps the secrets of installations that were just read. */
  remember(account: AccountId, installations: readonly AppInstallation[]): void {
    const upsert = this.database.prepare(
      `INSERT INTO app_secrets (account, app_key, sealed) VALUES (?, ?, ?)
       ON CONFLICT (account, app_key) DO UPDATE SET sealed = excluded.sealed`,
    );
    inTransaction(this.database, () => {
      for (const { client_id: key, client_secret: secret } of installations) {
        if (!secret || this.find(account, key) === secret) continue;
        upsert.run(account, key, this.seal.close(secret, contextOf(account, key)));
        this.opened.get(account)?.delete(key);
      }
    });
  }

  find(account: string, appKey: string): string | null {
    return this.opened.get(account)?.get(appKey) ?? this.open(account, appKey);
  }

  /** The secrets of all apps of an account. */
  all(account: string): readonly { readonly appKey: AppKey; readonly secret: string }[] {
    const rows = this.database
      .prepare('SELECT app_key, sealed FROM app_secrets WHERE account = ?')
      .all(account);
    return rows.flatMap((row) => {
      const appKey = asAppKey(textOf(row, 'app_key'));
      const secret = this.seal.open(bytesOf(row, 'sealed'), contextOf(account, appKey));
      return secret === null ? [] : [{ appKey, secret }];
    });
  }

  /** Whether anybody ever worked with the account here. */
  knowsAccount(account: string): boolean {
    return (
      this.database.prepare('SELECT 1 AS found FROM app_secrets WHERE account = ? LIMIT 1').get(account) !==
      undefined
    );
  }

  forget(account: AccountId, appKey: AppKey): void {
    this.database.prepare('DELETE FROM app_secrets WHERE account = ? AND app_key = ?').run(account, appKey);
    this.opened.get(account)?.delete(appKey);
  }

  private open(account: string, appKey: string): string | null {
    const row = this.selection.get(account, appKey);
    if (row === undefined) return null;
    const secret = this.seal.open(bytesOf(row, 'sealed'), contextOf(account, appKey));
    if (secret === null) return null;
    const opened = this.opened.get(account) ?? new Map<string, string>();
    this.opened.set(account, opened.set(appKey, secret));
    return secret;
  }
}

const contextOf = (account: string, appKey: string): string => JSON.stringify([account, appKey]);
