export interface AttemptPaceOptions {
  /** How many attempts may come at once. */
  readonly burst: number;
  /** After them, one more each time this has passed. */
  readonly refillMs: number;
  readonly now: () => number;
  /** Keys beyond it push out the one unused for longest. */
  readonly mostKeys?: number;
}

const MOST_KEYS = 10_000;

/** Counts attempts per key in one number each: the moment at which everything that was taken is paid back. */
export class AttemptPace {
  private readonly paidBackAt = new Map<string, number>();
  private readonly options: Required<AttemptPaceOptions>;

  constructor({ mostKeys = MOST_KEYS, ...options }: AttemptPaceOptions) {
    this.options = { mostKeys, ...options };
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.paidBackAt.size;
  }

  /** Time until the key may try again; 0: it may now. Asking takes nothing. */
  waitMs(key: string): number {
    const { burst, refillMs } = this.options;
    return Math.max(0, this.debtMs(key) - (burst - 1) * refillMs);
  }

  /** Takes one attempt. */
  take(key: string): void {
    const { refillMs, now, mostKeys } = this.options;
    const debtMs = this.debtMs(key);
    this.paidBackAt.delete(key);
    this.paidBackAt.set(key, now() + debtMs + refillMs);
    const [oldest] = this.paidBackAt.keys();
    if (this.paidBackAt.size > mostKeys && oldest !== undefined) this.paidBackAt.delete(oldest);
  }

  private debtMs(key: string): number {
    const { burst, refillMs, now } = this.options;
    const debtMs = (this.paidBackAt.get(key) ?? 0) - now();
    // A clock that was set back must not lock anybody out for longer than a full debt lasts.
    return Math.min(Math.max(0, debtMs), burst * refillMs);
  }
}
