import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

import * as v from 'valibot';

import { asAccountId, asUserId, type AccountId, type UserId } from '#protocol/identifiers';

import { BridgeError } from '../errors/bridge-error.ts';
import { integerOf, bytesOf, textOf, type Row } from '../storage/rows.ts';
import type { Seal } from '../storage/seal.ts';

/** What the cloud gave at sign-in. Leaves this process only towards the cloud, and is sealed at rest. */
const cloudLoginSchema = v.object({
  loginName: v.string(),
  bearer: v.string(),
  csrf: v.nullable(v.string()),
  cookie: v.nullable(v.string()),
  /** Bare hosts of the account's services by name. */
  hosts: v.record(v.string(), v.string()),
});

export type CloudLogin = v.InferOutput<typeof cloudLoginSchema>;

/** Someone who is signed in. */
export interface SignedIn {
  /** Names the session here; the browser's cookie cannot be made from it. */
  readonly key: string;
  readonly account: AccountId;
  readonly userId: UserId;
  readonly cloud: CloudLogin;
  readonly createdAt: number;
  /** When the session ends unless it is used, epoch milliseconds. */
  readonly expiresAt: number;
}

export interface SessionStoreOptions {
  readonly database: DatabaseSync;
  readonly seal: Seal;
  readonly now: () => number;
  /** How long a session may lie unused. */
  readonly idleMs?: number;
  /** How long it may last at all. */
  readonly maxAgeMs?: number;
}

const HOUR_MS = 60 * 60 * 1000;
/** A use is written down at most this often: reading must not cost a write each time. */
const TOUCH_EVERY_MS = 30_000;

/** The sessions of browsers: a random id in the cookie, only its hash here, credentials sealed. */
export class SessionStore {
  readonly maxAgeMs: number;
  private readonly database: DatabaseSync;
  private readonly seal: Seal;
  private readonly now: () => number;
  private readonly idleMs: number;
  /** Ended, and on a full disk still written down: at most as many as there are rows. */
  private readonly ended = new Set<string>();

  constructor({ database, seal, now, idleMs = 2 * HOUR_MS, maxAgeMs = 12 * HOUR_MS }: SessionStoreOptions) {
    this.database = database;
    this.seal = seal;
    this.now = now;
    this.idleMs = idleMs;
    this.maxAgeMs = maxAgeMs;
  }

  /** Opens a session and returns the id for the cookie. @throws BridgeError `store-unavailable` */
  create(account: AccountId, userId: UserId, cloud: CloudLogin): { id: string; session: SignedIn } {
    const id = randomBytes(32).toString('base64url');
    const key = keyOf(id);
    const now = this.now();
    const sealed = this.seal.close(JSON.stringify(cloud), key);
    withWords('cannot write down who signs in', () => {
      this.dropEnded();
      this.database
        .prepare(
          `INSERT INTO sessions (key, account, user_id, created_at, used_at, sealed) VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(key, account, userId, now, now, sealed);
    });
    return { id, session: { key, account, userId, cloud, createdAt: now, expiresAt: this.expiry(now, now) } };
  }

  /**
   * The session of a cookie's id, now used; `null` when there is none or it has expired.
   * @throws BridgeError `store-unavailable`, as everything that reads a session
   */
  use(id: string): SignedIn | null {
    const key = keyOf(id);
    const session = this.read(key);
    if (session === null) return null;
    const now = this.now();
    const expiresAt = this.expiry(session.createdAt, now);
    if (expiresAt - session.expiresAt < TOUCH_EVERY_MS) return { ...session, expiresAt };
    return this.touch(key, now) ? { ...session, expiresAt } : session;
  }

  /** The session of a cookie's id; looking does not count as a use. */
  peek(id: string): SignedIn | null {
    return this.read(keyOf(id));
  }

  /** Time that a session has left unless it is used. */
  timeLeftMs({ expiresAt }: SignedIn): number {
    return Math.max(0, expiresAt - this.now());
  }

  /** Whether the session is still there; asking does not count as a use. */
  isAlive(key: string): boolean {
    return this.read(key) !== null;
  }

  /** A session of the account that is alive, the one used last; `null`: nobody is signed in. */
  anyOf(account: AccountId): SignedIn | null {
    const rows = this.database
      .prepare('SELECT key FROM sessions WHERE account = ? ORDER BY used_at DESC LIMIT 5')
      .all(account);
    return rows.map((row) => this.read(textOf(row, 'key'))).find((session) => session !== null) ?? null;
  }

  /** Ends the session, also on a full disk, where its row goes later. */
  remove(key: string): void {
    this.ended.add(key);
    try {
      this.delete(key);
    } catch {
      // As of a use that cannot be written down: readiness and chips say that nothing can be stored.
    }
  }

  private delete(key: string): void {
    this.database.prepare('DELETE FROM sessions WHERE key = ?').run(key);
    this.ended.delete(key);
  }

  /** @returns whether the use is written down: on a full disk nobody is signed out, the session ends as if it was not used */
  private touch(key: string, now: number): boolean {
    try {
      this.database.prepare('UPDATE sessions SET used_at = ? WHERE key = ?').run(now, key);
      return true;
    } catch {
      // The readiness of the bridge and the chip of every page say that nothing can be stored.
      return false;
    }
  }

  private read(key: string): SignedIn | null {
    const row = this.ended.has(key) ? undefined : this.rowOf(key);
    if (row === undefined) return null;
    const createdAt = integerOf(row, 'created_at');
    const expiresAt = this.expiry(createdAt, integerOf(row, 'used_at'));
    if (this.now() >= expiresAt) return null;
    const cloud = this.open(bytesOf(row, 'sealed'), key);
    if (cloud === null) return null;
    const account = asAccountId(textOf(row, 'account'));
    return { key, account, userId: asUserId(textOf(row, 'user_id')), cloud, createdAt, expiresAt };
  }

  private rowOf(key: string): Row | undefined {
    return withWords('cannot read who is signed in', () =>
      this.database.prepare('SELECT * FROM sessions WHERE key = ?').get(key),
    );
  }

  private open(sealed: Uint8Array, key: string): CloudLogin | null {
    const text = this.seal.open(sealed, key);
    // Sealed under another SESSION_SECRET: as good as no session.
    if (text === null) return null;
    const result = v.safeParse(cloudLoginSchema, JSON.parse(text));
    return result.success ? result.output : null;
  }

  private expiry(createdAt: number, usedAt: number): number {
    return Math.min(usedAt + this.idleMs, createdAt + this.maxAgeMs);
  }

  private dropEnded(): void {
    const now = this.now();
    for (const key of this.ended) this.delete(key);
    this.database
      .prepare('DELETE FROM sessions WHERE used_at <= ? OR created_at <= ?')
      .run(now - this.idleMs, now - this.maxAgeMs);
  }
}

function withWords<Result>(what: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const words = `The bridge ${what}: its file bridge.sqlite cannot be used now.`;
    throw new BridgeError('store-unavailable', words, { cause });
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
