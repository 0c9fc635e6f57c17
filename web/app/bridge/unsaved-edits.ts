import { inject } from '@angular/core';

import type { AppKey } from '#protocol/identifiers';

import { SignedInUser } from './signed-in-user';

/**
 * Edits that a session's end interrupted, until their page opens again. In memory only: they may hold secrets.
 *
 * They belong to the account that was signed in last; by the time they are kept, nobody may be.
 */
export abstract class UnsavedEdits<Edit> {
  private readonly signedIn = inject(SignedInUser);

  private readonly kept = new Map<string, Edit>();

  /** Names the signed-in account's edit of an app, `null` for a new one. Ask while somebody is signed in. */
  keyOf(app: AppKey | null): string {
    return JSON.stringify([this.signedIn.user()?.account ?? null, app]);
  }

  keep(key: string, edit: Edit): void {
    this.kept.set(key, edit);
  }

  /** Gives the kept edit away. */
  take(key: string): Edit | null {
    const edit = this.kept.get(key) ?? null;
    this.kept.delete(key);
    return edit;
  }
}
