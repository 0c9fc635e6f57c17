import type { AppInstallation } from '#protocol/app-installation';
import type { AppKey } from '#protocol/identifiers';

import type { Clock } from '../clock.ts';

export interface EffectiveAppsDeps {
  readonly clock: Pick<Clock, 'now'>;
  /** Time until a change takes effect. @see PROTOCOL.md §4.2.1 */
  readonly delayMs: () => number;
}

interface Version {
  /** Epoch milliseconds. */
  readonly from: number;
  /** `null`: deleted. */
  readonly app: AppInstallation | null;
}

/** Changes of one app that may wait for their effect at once; of more, those in between are left out. */
const MOST_VERSIONS = 50;

/** The installations as the webhooks see them: a change takes its time to get there. @see PROTOCOL.md §4.2.1 */
export class EffectiveApps {
  private readonly versions = new Map<AppKey, readonly Version[]>();
  private readonly deps: EffectiveAppsDeps;

  constructor(deps: EffectiveAppsDeps) {
    this.deps = deps;
  }

  list(): readonly AppInstallation[] {
    return [...this.versions.keys()].map((id) => this.get(id)).filter((app) => app !== null);
  }

  get(id: AppKey): AppInstallation | null {
    const now = this.deps.clock.now();
    return this.versions.get(id)?.findLast(({ from }) => from <= now)?.app ?? null;
  }

  /** @param app `null`: it was deleted. */
  change(id: AppKey, app: AppInstallation | null): void {
    const now = this.deps.clock.now();
    const before = this.versions.get(id) ?? [];
    const present = before.findLastIndex(({ from }) => from <= now);
    const waiting = before.slice(Math.max(present, 0), MOST_VERSIONS);
    this.versions.set(id, [...waiting, { from: now + this.deps.delayMs(), app }]);
  }

  /** Lets all changes take effect at once. */
  settle(): void {
    for (const [id, versions] of this.versions) {
      const last = versions.at(-1);
      if (last?.app) this.versions.set(id, [{ from: 0, app: last.app }]);
      else this.versions.delete(id);
    }
  }

  clear(): void {
    this.versions.clear();
  }
}
