import { Service, inject, signal } from '@angular/core';

import type { AppKey } from '#protocol/identifiers';

import { BridgeClient } from './bridge-client';

/** What apps of the account are called, as far as somebody wanted to know. Lives as long as the page that provides it. */
@Service({ autoProvided: false })
export class AppNames {
  private readonly bridge = inject(BridgeClient);
  private readonly known = signal<ReadonlyMap<AppKey, string>>(new Map());
  private readonly asked = new Set<AppKey>();

  readonly names = this.known.asReadonly();

  /** Asks for names that are not known; an app that has none, or cannot be read, is asked for once. */
  async learn(keys: readonly AppKey[]): Promise<void> {
    const unknown = keys.filter((key) => !this.asked.has(key));
    if (unknown.length === 0) return;
    for (const key of unknown) this.asked.add(key);
    try {
      const { installations } = await this.bridge.installations();
      this.known.set(new Map(installations.map(({ client_id: key, client_name: name }) => [key, name])));
    } catch {
      // Whoever shows an app without its name shows its key.
    }
  }
}
