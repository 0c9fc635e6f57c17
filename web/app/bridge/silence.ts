import { SILENCE_LIMIT_MS } from './connection';

/** Even after a long silence the next try comes no sooner. */
export const RECONNECT_AFTER_MS = 2_000;

/**
 * A lost network swallows a try to connect, and the system repeats it at ever longer intervals: a new try each time finds
 * the way as soon as it is back.
 */
export const RECONNECT_LIMIT_MS = 3_000;

/** Waits for a sign of life, and says when none came. */
export class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly whenSilent: () => void) {}

  /** Something was heard at that moment, epoch milliseconds: the silence starts then. */
  startAt(heardAt: number): void {
    this.breakIn(Math.max(SILENCE_LIMIT_MS - (Date.now() - heardAt), RECONNECT_AFTER_MS));
  }

  /** Says so after that time, unless something is heard. */
  breakIn(ms: number): void {
    this.stop();
    this.timer = setTimeout(this.whenSilent, ms);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
