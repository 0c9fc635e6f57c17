import { Service, inject, signal } from '@angular/core';

import type { InstallationList } from '#protocol/bridge-api';
import type { AppKey } from '#protocol/identifiers';

import { AccountApps } from './account-apps';
import { BROWSER_STORAGE } from './browser-storage';

/** What apps of the account are called, as far as somebody wanted to know. Lives as long as the page that provides it. */
@Service({ autoProvided: false })
export class AppNames {
  private readonly apps = inject(AccountApps);
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly known = signal<ReadonlyMap<AppKey, string>>(new Map());
  private readonly asked = new Set<AppKey>();

  readonly names = this.known.asReadonly();

  /** Without asking: by what was read here, or in this browser before. `null` when nobody has met the app. */
  nameOf(key: AppKey): string | null {
    return this.known().get(key) ?? this.storage.get(storageKey(key));
  }

  /** Somebody read the app for reasons of their own. */
  remember(key: AppKey, name: string): void {
    this.known.update((known) => new Map([...known, [key, name]]));
    this.storage.set(storageKey(key), name);
  }

  /** Asks for names that are not known; an app that has none, or cannot be read, is asked for once. */
  async learn(keys: readonly AppKey[]): Promise<void> {
    const unknown = keys.filter((key) => !this.asked.has(key));
    if (unknown.length === 0) return;
    for (const key of unknown) this.asked.add(key);
    try {
      const names = (await this.installations(unknown)).map(
        ({ client_id: key, client_name: name }) => [key, name] as const,
      );
      this.known.update((known) => new Map([...known, ...names]));
    } catch {
      // Whoever shows an app without its name shows its key.
    }
  }

  /** An app keeps its name, so that an older answer does if it has them all. */
  private async installations(keys: readonly AppKey[]): Promise<InstallationList['installations']> {
    const known = this.apps.known()?.installations ?? [];
    const hasAll = keys.every((key) => known.some((app) => app.client_id === key));
    return hasAll ? known : (await this.apps.read()).installations;
  }
}

const storageKey = (key: AppKey): string => `app-name:${key}`;
