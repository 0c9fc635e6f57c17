import { Service, computed, inject, signal } from '@angular/core';

import {
  asAppKey,
  asConversationId,
  type AppKey,
  type ConversationId,
  type UserId,
} from '#protocol/identifiers';

import { BROWSER_STORAGE } from './browser-storage';
import { SignedInUser } from './signed-in-user';

/** Where somebody was. */
interface Place {
  readonly userId: UserId | undefined;
  readonly url: string;
}

/** A conversation that a page before this one was left in. */
interface KeptConversation {
  readonly appKey: AppKey;
  readonly conversationId: ConversationId;
}

/**
 * The app that the signed-in account's workbench was last opened for, the conversation that the person was in there, and
 * whether this browser met the account before.
 */
@Service()
export class LastApp {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly signedIn = inject(SignedInUser);

  private readonly changes = signal(0);
  /** Of this page's life, and of no other user's. */
  private readonly place = signal<Place | null>(null);
  private readonly doubtful = signal<ConversationId | null>(null);

  /** The kept conversation that one was led to, until it is known whether it is still there and open. */
  readonly inDoubt = this.doubtful.asReadonly();

  /** `null` when no workbench of this account was opened in this browser. */
  readonly appKey = computed<AppKey | null>(() => {
    this.changes();
    const stored = this.storage.get(this.key('last-app'));
    return stored === null ? null : asAppKey(stored);
  });

  /** Where in the workbench one was, on this page or the one before; else the app's workbench. `null` as above. */
  readonly workbenchUrl = computed<string | null>(() => {
    const appKey = this.appKey();
    if (appKey === null) return null;
    const workbench = `/apps/${encodeURIComponent(appKey)}/chat`;
    const place = this.ownPlace();
    if (place !== null) return place.url.startsWith(workbench) ? place.url : workbench;
    const kept = this.kept();
    return kept?.appKey === appKey ? `${workbench}/${encodeURIComponent(kept.conversationId)}` : workbench;
  });

  /** The way to {@link workbenchUrl} is taken: what a page before this one has left may be gone by now. */
  comeBack(): void {
    const kept = this.kept();
    this.doubtful.set(this.ownPlace() === null ? (kept?.conversationId ?? null) : null);
  }

  /** It is known what has become of the conversation that was in doubt. */
  settle(): void {
    this.doubtful.set(null);
  }

  /** @param url Where in its workbench, conversation and tab included. */
  remember(appKey: AppKey, url: string | null = null, conversationId: ConversationId | null = null): void {
    // Whoever went elsewhere goes there on purpose the next time.
    if (conversationId !== this.doubtful()) this.doubtful.set(null);
    this.place.set(url === null ? null : { userId: this.signedIn.user()?.userId, url });
    this.storage.set(this.key('last-app'), appKey);
    if (conversationId === null) this.storage.remove(this.conversationKey());
    else this.storage.set(this.conversationKey(), JSON.stringify([appKey, conversationId]));
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

  private ownPlace(): Place | null {
    const place = this.place();
    return place?.userId === this.signedIn.user()?.userId ? place : null;
  }

  private kept(): KeptConversation | null {
    this.changes();
    try {
      const kept: unknown = JSON.parse(this.storage.get(this.conversationKey()) ?? 'null');
      if (!Array.isArray(kept)) return null;
      const [appKey, conversationId] = kept as readonly unknown[];
      if (typeof appKey !== 'string' || typeof conversationId !== 'string') return null;
      return { appKey: asAppKey(appKey), conversationId: asConversationId(conversationId) };
    } catch {
      // Not written by this program: nothing to go by.
      return null;
    }
  }

  /** Of this person alone. */
  private conversationKey(): string {
    return `${this.key('last-conversation')}/${this.signedIn.user()?.userId ?? ''}`;
  }

  private key(what: string): string {
    return `${what}:${this.signedIn.user()?.account ?? ''}`;
  }
}
