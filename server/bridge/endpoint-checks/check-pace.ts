import { BridgeError } from '../errors/bridge-error.ts';

const WINDOW_MS = 60_000;
const MOST_PER_WINDOW = 12;
/** Sessions beyond it push the oldest out. */
const MOST_SESSIONS = 1_000;

/** Keeps one person from using the check as a cannon: one at a time, and so many a minute. */
export class CheckPace {
  private readonly started = new Map<string, readonly number[]>();
  private readonly running = new Set<string>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Runs the check when it is its turn. @throws BridgeError `too-many-requests` */
  async run<Answer>(session: string, check: () => Promise<Answer>): Promise<Answer> {
    this.admit(session);
    this.running.add(session);
    try {
      return await check();
    } finally {
      this.running.delete(session);
    }
  }

  private admit(session: string): void {
    if (this.running.has(session)) throw tooMany('A check is still running; wait for its end.', 5);
    const now = this.now();
    const lately = (this.started.get(session) ?? []).filter((at) => now - at < WINDOW_MS);
    const [oldest = now] = lately;
    if (lately.length >= MOST_PER_WINDOW) {
      const seconds = Math.ceil((oldest + WINDOW_MS - now) / 1000);
      throw tooMany(`${MOST_PER_WINDOW} checks a minute are enough; the next one in ${seconds} s.`, seconds);
    }
    this.started.delete(session);
    this.started.set(session, [...lately, now]);
    const [first] = this.started.keys();
    if (this.started.size > MOST_SESSIONS && first !== undefined) this.started.delete(first);
  }
}

const tooMany = (message: string, retryAfterSeconds: number): BridgeError =>
  new BridgeError('too-many-requests', message, { retryAfterSeconds });
