import type { SignedOut } from '#protocol/bridge-events';

export type EndReason = SignedOut['reason'];

/** Watches one session's end. The caller disposes of it. */
export interface SessionEndWatch extends Disposable {
  readonly signal: AbortSignal;
  /** Why the session ended; meaningful once the signal has aborted. */
  reason(): EndReason;
}

/** Tells open streams that their session has ended. */
export class SessionEnds {
  private readonly watches = new Map<string, Set<(reason: EndReason) => void>>();

  watch(key: string): SessionEndWatch {
    const controller = new AbortController();
    let ended: EndReason = 'signed-out';
    const end = (reason: EndReason): void => {
      ended = reason;
      controller.abort();
    };
    const ofSession = this.watches.get(key) ?? new Set();
    this.watches.set(key, ofSession.add(end));
    return {
      signal: controller.signal,
      reason: () => ended,
      [Symbol.dispose]: () => {
        ofSession.delete(end);
        if (ofSession.size === 0 && this.watches.get(key) === ofSession) this.watches.delete(key);
      },
    };
  }

  end(key: string, reason: EndReason): void {
    for (const endWatch of this.watches.get(key) ?? []) endWatch(reason);
  }
}
