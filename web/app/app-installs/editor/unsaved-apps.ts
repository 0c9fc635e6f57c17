import { Service, inject } from '@angular/core';

import type { AppKey } from '#protocol/identifiers';

import { SignedInUser } from '../../bridge/signed-in-user';
import type { AppForm } from '../manifest/app-form';
import type { Manifest } from '../manifest/manifest';

/** An edit as it was when the session ended. */
export interface UnsavedApp {
  readonly base: Manifest;
  readonly revision: string | null;
  readonly source: Manifest;
  readonly form: AppForm;
}

/**
 * Edits that a session's end interrupted, until their page opens again. In memory only: headers may hold secrets.
 *
 * They belong to the account that was signed in last; by the time they are kept, nobody may be.
 */
@Service()
export class UnsavedApps {
  private readonly signedIn = inject(SignedInUser);

  private readonly kept = new Map<string, UnsavedApp>();

  /** Names the signed-in account's edit of an app, `null` for a new one. Ask while somebody is signed in. */
  keyOf(app: AppKey | null): string {
    return JSON.stringify([this.signedIn.user()?.account ?? null, app]);
  }

  keep(key: string, unsaved: UnsavedApp): void {
    this.kept.set(key, unsaved);
  }

  /** Gives the kept edit away. */
  take(key: string): UnsavedApp | null {
    const unsaved = this.kept.get(key) ?? null;
    this.kept.delete(key);
    return unsaved;
  }
}
