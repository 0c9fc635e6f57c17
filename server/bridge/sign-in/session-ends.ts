import type { SignedOut } from '#protocol/bridge-events';

export type EndReason = SignedOut['reason'];

/** Tells open streams that their session has ended. */
export class SessionEnds {
  private readonly watches = new Map<string, Set<(reason: EndReason) => void>>();

  /** Calls `ended` when the session ends. The caller disposes of the watch. */
  watch(key: string, ended: (reason: EndReason) => void): Disposable {
    const ofSession = this.watches.get(key) ?? new Set();
    this.watches.set(key, ofSession.add(ended));
    return {
      [Symbol.dispose]: () => {
        ofSession.delete(ended);
        if (ofSession.size === 0 && this.watches.get(key) === ofSession) this.watches.delete(key);
      },
    };
  }

  end(key: string, reason: EndReason): void {
    for (const ended of this.watches.get(key) ?? []) ended(reason);
  }
}
