import type { Watch } from './event-store.ts';

interface Latch {
  isRaised: boolean;
  wake: (() => void) | null;
}

/** The watches of one process, by account. */
export class Latches {
  private readonly byAccount = new Map<string, Set<Latch>>();

  raise(account: string): void {
    for (const latch of this.byAccount.get(account) ?? []) {
      latch.isRaised = true;
      latch.wake?.();
    }
  }

  watch(account: string): Watch {
    const latch: Latch = { isRaised: false, wake: null };
    const latches = this.byAccount.get(account) ?? new Set();
    this.byAccount.set(account, latches.add(latch));
    return {
      changed: (signal) => changed(latch, signal),
      [Symbol.dispose]: () => {
        latches.delete(latch);
        if (latches.size === 0 && this.byAccount.get(account) === latches) this.byAccount.delete(account);
      },
    };
  }
}

async function changed(latch: Latch, signal: AbortSignal): Promise<void> {
  if (!latch.isRaised && !signal.aborted) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = (): void => resolve(undefined);
    latch.wake = wake;
    signal.addEventListener('abort', wake, { once: true });
    await promise;
    signal.removeEventListener('abort', wake);
    latch.wake = null;
  }
  latch.isRaised = false;
}
