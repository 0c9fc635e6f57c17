import { DestroyRef, Injector, Service, effect, inject, signal } from '@angular/core';

import { BridgeClient } from '../bridge/bridge-client';
import { SessionEnd } from '../bridge/session-end';
import { SignedInUser } from '../bridge/signed-in-user';

/** The session is about to end. */
export interface ExpiryWarning {
  /** Epoch milliseconds by this machine's clock. */
  readonly endsAt: number;
  /** Whether using the session would prolong it; a session has a maximum length. */
  readonly canStay: boolean;
}

/** How long before the end the person is warned. */
export const WARN_BEFORE_MS = 120_000;
/** While the warning stands, another tab may prolong the session: look again. */
const LOOK_AGAIN_MS = 10_000;
/** The bridge did not say: look again. */
const RETRY_MS = 30_000;

/** Knows when the session ends, warns two minutes before, and lets one stay. Looking never prolongs the session. */
@Service()
export class SessionExpiry {
  private readonly bridge = inject(BridgeClient);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly signedIn = inject(SignedInUser);
  private readonly injector = inject(Injector);

  private readonly standing = signal<ExpiryWarning | null>(null);
  private canStay = true;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** How often the bridge was asked, or told: an answer to an earlier question is out of date. */
  private turn = 0;

  /** `null` while there is nothing to warn of. */
  readonly warning = this.standing.asReadonly();

  constructor() {
    // A machine that slept, or a tab in the background, is late with its timers.
    const lookNow = (): void => {
      if (document.visibilityState === 'visible' && this.timer !== undefined) void this.look();
    };
    document.addEventListener('visibilitychange', lookNow);
    inject(DestroyRef).onDestroy(() => {
      document.removeEventListener('visibilitychange', lookNow);
      this.stop();
    });
  }

  /** Starts watching; called once by the root. */
  start(): void {
    effect(() => (this.signedIn.isSignedIn() ? this.begin() : this.stop()), { injector: this.injector });
  }

  /** Uses the session, which prolongs it. Rejects with a `BridgeFailure`. */
  async stay(): Promise<void> {
    const { user, expiresInMs = 0 } = await this.bridge.session();
    this.turn += 1;
    if (user === null) this.sessionEnd.tell('expired');
    else {
      this.canStay = expiresInMs > WARN_BEFORE_MS;
      this.plan(expiresInMs);
    }
  }

  private begin(): void {
    this.canStay = true;
    void this.look();
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    this.turn += 1;
    const { turn } = this;
    try {
      const { user, expiresInMs = 0 } = await this.bridge.peekSession();
      if (!this.signedIn.isSignedIn() || turn !== this.turn) return;
      if (user === null) this.sessionEnd.tell('expired');
      else this.plan(expiresInMs);
    } catch {
      // The bridge does not answer: the connection chip says so.
      if (turn === this.turn) this.lookIn(RETRY_MS);
    }
  }

  private plan(expiresInMs: number): void {
    if (expiresInMs > WARN_BEFORE_MS) {
      this.standing.set(null);
      this.lookIn(expiresInMs - WARN_BEFORE_MS);
    } else {
      this.standing.set({ endsAt: Date.now() + expiresInMs, canStay: this.canStay });
      // A moment after the end, so that the bridge sees it ended too.
      this.lookIn(Math.min(LOOK_AGAIN_MS, expiresInMs + 500));
    }
  }

  private lookIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), ms);
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.standing.set(null);
  }
}
