import { Service, computed, inject } from '@angular/core';

import type { InstallationList } from '#protocol/bridge-api';

import { Asked } from './asked';
import { BridgeClient } from './bridge-client';
import { SignedInUser } from './signed-in-user';

/** For so long nobody asks again for no more than a name. */
export const RECENT_MS = 60_000;

interface OwnedList extends InstallationList {
  /** Who read it; another person may have another account. */
  readonly owner: string;
}

/** The apps of the account, as they were when somebody last read them. */
@Service()
export class AccountApps {
  private readonly bridge = inject(BridgeClient);
  private readonly signedIn = inject(SignedInUser);

  private readonly asked = new Asked<OwnedList>();
  private isOutdated = false;

  /** The last good answer, however old; `null` before the first. */
  readonly known = computed<InstallationList | null>(() => {
    const list = this.asked.value();
    return list?.owner === this.owner() ? list : null;
  });
  /** Why the last reading was refused; `null` when it was not. */
  readonly failure = this.asked.failure;

  private readonly owner = computed(() => {
    const user = this.signedIn.user();
    return user === null ? '' : `${user.account}/${user.userId}`;
  });

  /** Asks the account. Rejects as the bridge does. */
  async read(): Promise<InstallationList> {
    const owner = this.owner();
    this.isOutdated = false;
    const answer = this.bridge.installations();
    await this.asked.ask(async () => ({ ...(await answer), owner }));
    return answer;
  }

  /** Asks only where nothing is known, or it is older than a minute or outdated. Rejects as the bridge does. */
  async recent(): Promise<InstallationList> {
    const known = this.known();
    return known !== null && this.isRecent() ? known : this.read();
  }

  /** Somebody changed an app here: the next who wants them asks. */
  outdate(): void {
    this.isOutdated = true;
  }

  private isRecent(): boolean {
    const answeredAt = this.asked.answeredAt();
    if (answeredAt === null || this.isOutdated || this.failure() !== null) return false;
    return Date.now() - answeredAt < RECENT_MS;
  }
}
