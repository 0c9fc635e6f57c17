/** A task that waits for its time. */
export interface Scheduled {
  /** Does nothing when the task has run or was cancelled before. */
  cancel(): void;
}

/**
 * The emulator's only source of time, so that a virtual clock can take its place.
 * Nothing in the emulator reads the machine's time or sets a timer besides this.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `task` once, `delayMs` from now; never before `schedule` has returned. */
  schedule(delayMs: number, task: () => void): Scheduled;
  /**
   * Names work that reaches beyond this program, such as a call under way: a clock that is being advanced waits for it
   * before it goes on. Gives the work back.
   */
  track<Outcome>(work: Promise<Outcome>): Promise<Outcome>;
}

/** The longest delay that a timer of the platform can hold; anything above fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, task) {
    let timer: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      const stepMs = Math.min(Math.max(leftMs, 0), LONGEST_TIMER_MS);
      timer = setTimeout(() => (leftMs > stepMs ? arm(leftMs - stepMs) : task()), stepMs);
    };
    arm(delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
  track: (work) => work,
};

/** Resolves after `delayMs`, or as soon as `signal` aborts: the caller looks at the signal afterwards. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      scheduled.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const scheduled = clock.schedule(delayMs, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
