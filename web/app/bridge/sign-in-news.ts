import { DestroyRef, Service, inject, signal } from '@angular/core';

import { BROWSER_STORAGE } from './browser-storage';

export const SIGN_IN_CHANNEL = 'connector-sign-in';

/** Tabs of a browser share its session: each tells the others that somebody has signed in. Not who; they ask the bridge. */
@Service()
export class SignInNews {
  private readonly storage = inject(BROWSER_STORAGE);
  private readonly told = signal(0);
  /** `null` where the browser has no channels: then a word that is stored and taken back at once tells the others. */
  private readonly channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(SIGN_IN_CHANNEL) : null;

  /** How often another tab has told. */
  readonly count = this.told.asReadonly();

  constructor() {
    const hear = (): void => this.told.update((count) => count + 1);
    const { channel } = this;
    if (channel !== null) {
      channel.onmessage = hear;
      inject(DestroyRef).onDestroy(() => channel.close());
      return;
    }
    const hearStored = ({ key, newValue }: StorageEvent): void => {
      if (key === SIGN_IN_CHANNEL && newValue !== null) hear();
    };
    window.addEventListener('storage', hearStored);
    inject(DestroyRef).onDestroy(() => window.removeEventListener('storage', hearStored));
  }

  tell(): void {
    if (this.channel !== null) {
      this.channel.postMessage('signed-in');
      return;
    }
    this.storage.set(SIGN_IN_CHANNEL, 'signed-in');
    this.storage.remove(SIGN_IN_CHANNEL);
  }
}
