import type { Watch } from './event-store.ts';

/** The watches of one process, by account. */
export class Latches {
  private readonly byAccount = new Map<string, Set<Latch>>();

  raise(account: string): void {
    for (const latch of this.byAccount.get(account) ?? []) latch.raise();
  }

  watch(account: string, signal: AbortSignal): Watch {
    const latch = new Latch(signal);
    const latches = this.byAccount.get(account) ?? new Set();
    this.byAccount.set(account, latches.add(latch));
    return {
      changed: () => latch.changed(),
      [Symbol.dispose]: () => {
        latch.dispose();
        latches.delete(latch);
        if (latches.size === 0 && this.byAccount.get(account) === latches) this.byAccount.delete(account);
      },
    };
  }
}

/** Remembers that something happened until somebody asks. */
class Latch {
  private readonly signal: AbortSignal;
  private isRaised = false;
  private wake: (() => void) | null = null;

  constructor(signal: AbortSignal) {
    this.signal = signal;
    // Heard once for the latch and not for each wait: there are as many waits as events.
    signal.addEventListener('abort', this.raise, { once: true });
  }

  readonly raise = (): void => {
    this.isRaised = true;
    this.wake?.();
  };

  async changed(): Promise<void> {
    if (!this.isRaised && !this.signal.aborted) {
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = null;
    }
    this.isRaised = false;
  }

  dispose(): void {
    this.signal.removeEventListener('abort', this.raise);
  }
}
