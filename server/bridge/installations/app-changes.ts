import type { AccountId, AppKey } from '#protocol/identifiers';

const MOST_REMEMBERED = 1_000;

/** When apps were changed through this bridge: the cloud takes its time to act upon it. @see PROTOCOL.md §4.2.1 */
export class AppChanges {
  private readonly times = new Map<string, number>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  note(account: AccountId, app: AppKey): void {
    const key = keyOf(account, app);
    this.times.delete(key);
    this.times.set(key, this.now());
    const [oldest] = this.times.keys();
    if (this.times.size > MOST_REMEMBERED && oldest !== undefined) this.times.delete(oldest);
  }

  /** Epoch milliseconds; `null`: not since the bridge started. */
  at(account: AccountId, app: AppKey): number | null {
    return this.times.get(keyOf(account, app)) ?? null;
  }
}

const keyOf = (account: AccountId, app: AppKey): string => JSON.stringify([account, app]);
