import { DestroyRef, Service, inject } from '@angular/core';

interface Told {
  readonly kind: 'claimed' | 'released';
  readonly names: readonly string[];
}

/** Name of the lock and of the channel; the pages of one origin share both. */
const NAME = 'connector-demo-receipts';

/**
 * What the open pages of this browser have taken upon themselves, so that several pages on one conversation do once
 * what must be done once.
 *
 * One page works at a time, and tells the others first. Where the browser has no locks (a page served without TLS from
 * another machine), each page knows only its own claims.
 */
@Service({ autoProvided: false })
export class SharedClaims {
  private readonly channel = new BroadcastChannel(NAME);
  private readonly claimed = new Set<string>();

  constructor() {
    this.channel.onmessage = ({ data }: MessageEvent<Told>) => this.note(data);
    inject(DestroyRef).onDestroy(() => this.channel.close());
  }

  has(name: string): boolean {
    return this.claimed.has(name);
  }

  /** Does `work` for those of `names` that no page has claimed, if any; what fails is nobody's again. Rejects as it does. */
  async claim(names: readonly string[], work: (free: readonly string[]) => Promise<void>): Promise<void> {
    await this.alone(async () => {
      const free = names.filter((name) => !this.claimed.has(name));
      if (free.length === 0) return;
      this.tell({ kind: 'claimed', names: free });
      try {
        await work(free);
      } catch (error) {
        this.tell({ kind: 'released', names: free });
        throw error;
      }
    });
  }

  private async alone(work: () => Promise<void>): Promise<void> {
    if ('locks' in navigator) await navigator.locks.request(NAME, work);
    else await work();
  }

  private tell(told: Told): void {
    this.note(told);
    this.channel.postMessage(told);
  }

  private note({ kind, names }: Told): void {
    for (const name of names) {
      if (kind === 'claimed') this.claimed.add(name);
      else this.claimed.delete(name);
    }
  }
}
