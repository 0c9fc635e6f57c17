import { Service, computed, inject, signal } from '@angular/core';

import { asAppKey, type AppKey, type UserId } from '#protocol/identifiers';

import { BROWSER_STORAGE } from './browser-storage';
import { SignedInUser } from './signed-in-user';

/** Where somebody was. */
interface Place {
  readonly userId: UserId | undefined;
  readonly url: string;
}

/** The app that the signed-in account's workbench was last opened for, and whether this browser met the account before. */
@Service()
export class LastApp {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly signedIn = inject(SignedInUser);

  private readonly changes = signal(0);
  /**
   * Of this page's life only: a conversation that is told of no more shall not greet anybody. Nor shall one that
   * another user had open.
   */
  private readonly place = signal<Place | null>(null);

  /** `null` when no workbench of this account was opened in this browser. */
  readonly appKey = computed<AppKey | null>(() => {
    this.changes();
    const stored = this.storage.get(this.key('last-app'));
    return stored === null ? null : asAppKey(stored);
  });

  /** Where in the workbench one was; without a place of this page's life it is the app's workbench. `null` as above. */
  readonly workbenchUrl = computed<string | null>(() => {
    const appKey = this.appKey();
    if (appKey === null) return null;
    const workbench = `/apps/${encodeURIComponent(appKey)}/chat`;
    const place = this.place();
    const isOwn = place !== null && place.userId === this.signedIn.user()?.userId;
    return isOwn && place.url.startsWith(workbench) ? place.url : workbench;
  });

  /** @param url Where in its workbench, conversation and tab included. */
  remember(appKey: AppKey, url: string | null = null): void {
    this.place.set(url === null ? null : { userId: this.signedIn.user()?.userId, url });
    this.storage.set(this.key('last-app'), appKey);
    this.changes.update((count) => count + 1);
  }

  /** The app that Set-up was last done for; `null` when it was for none. */
  setUpApp(): AppKey | null {
    const stored = this.storage.get(this.key('set-up-app'));
    return stored === null ? null : asAppKey(stored);
  }

  rememberSetUp(appKey: AppKey): void {
    this.storage.set(this.key('set-up-app'), appKey);
  }

  /** The account has no such app: nothing shall lead there again. */
  forget(appKey: AppKey): void {
    if (this.appKey() !== appKey) return;
    this.storage.remove(this.key('last-app'));
    this.changes.update((count) => count + 1);
  }

  /** Whether this is the account's first sign-in in this browser; true once. */
  meetAccount(): boolean {
    const isFirst = this.storage.get(this.key('met')) === null;
    this.storage.set(this.key('met'), 'yes');
    return isFirst;
  }

  private key(what: string): string {
    return `${what}:${this.signedIn.user()?.account ?? ''}`;
  }
}
