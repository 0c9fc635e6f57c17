/** Whether new work may be sent here, and if not, why. */
export type ReadyState = 'ready' | 'draining' | 'store-unavailable';

export interface ReadinessDeps {
  /** Tries to write into each store; rejects or throws when it cannot. */
  readonly tryWriting: readonly (() => unknown)[];
  /** Aborted when the bridge is stopping. */
  readonly shutdown: AbortSignal;
  readonly now: () => number;
}

/** However often somebody asks, the stores are tried once in this time. */
const FRESH_MS = 1_000;

/** Knows whether the bridge can do its work: it is not stopping, and what it is given can be stored. */
export class Readiness {
  private readonly deps: ReadinessDeps;
  private latest: { readonly at: number; readonly isWritable: Promise<boolean> } | null = null;

  constructor(deps: ReadinessDeps) {
    this.deps = deps;
  }

  async state(): Promise<ReadyState> {
    if (this.deps.shutdown.aborted) return 'draining';
    return (await this.isWritable()) ? 'ready' : 'store-unavailable';
  }

  private isWritable(): Promise<boolean> {
    const at = this.deps.now();
    if (this.latest === null || Math.abs(at - this.latest.at) >= FRESH_MS) {
      this.latest = { at, isWritable: this.tryAll() };
    }
    return this.latest.isWritable;
  }

  private async tryAll(): Promise<boolean> {
    try {
      for (const tryWriting of this.deps.tryWriting) await tryWriting();
      return true;
    } catch {
      // Whoever failed has told the log; who asks needs to know only that it did.
      return false;
    }
  }
}
