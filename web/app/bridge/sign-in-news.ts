import { DestroyRef, Service, inject, signal } from '@angular/core';

export const SIGN_IN_CHANNEL = 'connector-sign-in';

/** Tabs of a browser share its session: each tells the others that somebody has signed in. Not who; they ask the bridge. */
@Service()
export class SignInNews {
  private readonly told = signal(0);
  /** `null` where the browser has no channels. */
  private readonly channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(SIGN_IN_CHANNEL) : null;

  /** How often another tab has told. */
  readonly count = this.told.asReadonly();

  constructor() {
    const { channel } = this;
    if (channel === null) return;
    channel.onmessage = () => this.told.update((count) => count + 1);
    inject(DestroyRef).onDestroy(() => channel.close());
  }

  tell(): void {
    this.channel?.postMessage('signed-in');
  }
}
