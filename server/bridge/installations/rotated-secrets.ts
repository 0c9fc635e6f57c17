import type { AccountId, AppKey } from '#protocol/identifiers';

import type { Logger } from '../logging/loggers.ts';
import { AttemptPace } from '../sign-in/attempt-pace.ts';
import type { CloudAccess } from '../sign-in/cloud-access.ts';
import type { SessionStore } from '../sign-in/session-store.ts';
import type { AppSecrets } from './app-secrets.ts';
import type { Installations } from './installations.ts';

export interface RotatedSecretsDeps {
  readonly sessions: SessionStore;
  readonly access: CloudAccess;
  readonly installations: Installations;
  readonly secrets: AppSecrets;
  readonly log: Logger;
  readonly now: () => number;
  /** How long a webhook waits for the cloud's answer. */
  readonly patienceMs?: number;
}

/** Whoever sends forged webhooks makes the bridge ask the cloud; more often than this it does not. */
const REFILL_MS = 60_000;
/** LivePerson gives a webhook some seconds before it counts as failed. @see PROTOCOL.md §8.6 */
const PATIENCE_MS = 3_000;

/** Reads an app's secret again when it seems to have been rotated, with the session of somebody who is signed in. */
export class RotatedSecrets {
  private readonly deps: RotatedSecretsDeps;
  private readonly pace: AttemptPace;
  private readonly running = new Map<string, Promise<void>>();

  constructor(deps: RotatedSecretsDeps) {
    this.deps = deps;
    this.pace = new AttemptPace({ burst: 1, refillMs: REFILL_MS, now: deps.now, mostKeys: 1_000 });
  }

  /** Whether the app has another secret now than when this was called. */
  async look(account: AccountId, appKey: AppKey): Promise<boolean> {
    const { secrets } = this.deps;
    const before = secrets.find(account, appKey);
    await this.readOnce(account, appKey);
    return secrets.find(account, appKey) !== before;
  }

  /** Webhooks that come while the cloud is asked wait for the same answer. */
  private readOnce(account: AccountId, appKey: AppKey): Promise<void> {
    const key = JSON.stringify([account, appKey]);
    const running = this.running.get(key);
    if (running !== undefined) return running;
    if (this.pace.waitMs(key) > 0) return Promise.resolve();
    const reading = this.read(account, appKey, key).finally(() => this.running.delete(key));
    const answered = withPatience(reading, this.deps.patienceMs ?? PATIENCE_MS);
    this.running.set(key, answered);
    return answered;
  }

  private async read(account: AccountId, appKey: AppKey, key: string): Promise<void> {
    const { sessions, access, installations, log } = this.deps;
    const session = sessions.anyOf(account);
    if (session === null) return;
    this.pace.take(key);
    try {
      await installations.read(access.contextOf(session), appKey);
    } catch (error) {
      // The refusal of the webhook says what to do; that the cloud was asked in vain is in the list of requests.
      log.info({ err: error, account, appKey }, 'the secret of an app could not be read again');
    }
  }
}

/** Resolves when the work is done, and at the latest after this time. The work itself never rejects. */
async function withPatience(work: Promise<void>, patienceMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), patienceMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
