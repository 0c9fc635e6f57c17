import { Injector, Service, effect, inject } from '@angular/core';
import { Router } from '@angular/router';

import { BridgeClient } from '../bridge/bridge-client';
import { EventLog } from '../bridge/event-log';
import { SessionEnd, type SessionEndReason } from '../bridge/session-end';
import { SignedInUser } from '../bridge/signed-in-user';

/** Leads to sign-in when the session is over, with a word why, and back to the same URL afterwards. */
@Service()
export class SessionWatch {
  private readonly bridge = inject(BridgeClient);
  private readonly log = inject(EventLog);
  private readonly router = inject(Router);
  private readonly sessionEnd = inject(SessionEnd);
  private readonly signedIn = inject(SignedInUser);
  private readonly injector = inject(Injector);

  /** Starts watching; called once by the root. */
  start(): void {
    effect(() => this.follow(this.sessionEnd.reason()), { injector: this.injector });
    effect(() => this.askWhy(this.log.refusals()), { injector: this.injector });
  }

  private follow(reason: SessionEndReason | null): void {
    if (reason === null || !this.signedIn.isSignedIn()) return;
    const wanted = this.router.url;
    this.signedIn.forget();
    void this.router.navigate(['/sign-in'], { queryParams: { wanted, because: reason } });
  }

  /** A refused stream does not say why; the session does. */
  private askWhy(refusals: number): void {
    if (refusals === 0) return;
    this.bridge.session().then(
      ({ user }) => {
        if (user === null) this.sessionEnd.tell('expired');
      },
      // The bridge does not answer: the connection chip says so and tries again.
      () => undefined,
    );
  }
}
