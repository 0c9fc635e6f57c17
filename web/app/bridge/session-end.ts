import { Service, signal } from '@angular/core';

/** Why the bridge no longer knows this browser. */
export type SessionEndReason = 'signed-out' | 'expired';

/** Where every sign of a session's end meets: a refused call, the event stream, a look at the session. */
@Service()
export class SessionEnd {
  private readonly told = signal<SessionEndReason | null>(null);

  /** `null` while nothing says that the session is over. */
  readonly reason = this.told.asReadonly();

  /** The first reason stands: what follows it is its echo. */
  tell(reason: SessionEndReason): void {
    this.told.update((earlier) => earlier ?? reason);
  }

  clear(): void {
    this.told.set(null);
  }
}
