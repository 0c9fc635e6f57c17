import { Injector, Service, effect, inject } from '@angular/core';
import { Router } from '@angular/router';

import { BridgeClient } from '../bridge/bridge-client';
import { BridgeFailure } from '../bridge/bridge-failure';
import { isWaiting } from '../bridge/connection';
import { EventLog } from '../bridge/event-log';
import { SessionEnd, type SessionEndReason } from '../bridge/session-end';
import { wayOf } from '../bridge/signed-in-guard';
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
    const way = wayOf(this.signedIn.user());
    this.signedIn.forget();
    void this.router.navigate(['/sign-in'], { queryParams: { wanted, because: reason, ...way } });
  }

  /** A refused stream does not say why; who asks is told. It is asked again and again: asking must not prolong the session. */
  private askWhy(refusals: number): void {
    if (refusals > 0) this.ask().catch((failure: unknown) => this.explain(failure));
  }

  private async ask(): Promise<void> {
    const { user } = await this.bridge.peekSession();
    if (user === null) this.sessionEnd.tell('expired');
    else await this.bridge.askForStream();
    this.log.refusal.set(null);
  }

  /** A bridge that does not answer refuses nothing: the connection chip says that it is silent, and tries again. */
  private explain(failure: unknown): void {
    const isRefusal = failure instanceof BridgeFailure && failure.code !== 'bridge-unreachable';
    const refusal = isRefusal && isWaiting(this.log.connection()) ? failure : null;
    this.log.refusal.set(refusal);
    const waitS = refusal?.retryAfterSeconds ?? null;
    if (waitS !== null) this.log.retryIn(waitS * 1_000);
  }
}
