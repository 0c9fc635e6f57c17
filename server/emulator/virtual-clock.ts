import { setImmediate as nextTurn } from 'node:timers/promises';

import { systemClock } from './clock.ts';
import type { Clock, Scheduled } from './clock.ts';
import { TaskSchedule } from './task-schedule.ts';

/** What a clock shows. */
export interface ClockReading {
  /** Epoch milliseconds. */
  readonly now: number;
  /** How far it is ahead of the machine's clock. */
  readonly aheadMs: number;
  /** Whether it moves by itself. */
  readonly isRunning: boolean;
  readonly waitingTasks: number;
  /** When the next task is due; `null`: none waits. */
  readonly nextTaskAt: number | null;
}

export interface AdvanceOptions {
  /**
   * Real time that one piece of work may take before the clock goes on without it. Default 2 s: an endpoint that never
   * answers must not hold the clock, one that is merely slow is waited for.
   */
  readonly patienceMs?: number;
  /** Ends the advance where it is. */
  readonly signal?: AbortSignal;
}

const DEFAULT_PATIENCE_MS = 2000;

/** How many pieces of work of full length may follow from one task; traffic that never pauses must not hold the clock. */
const LONGEST_CHAIN = 10;

/**
 * A clock that runs with the machine's and can be set forward: what was scheduled in between then runs in its order, each
 * task at its own time and after the work that the one before has started.
 */
export class VirtualClock implements Clock {
  private readonly machine: Clock;
  private readonly tasks = new TaskSchedule();
  private readonly work = new Set<Promise<unknown>>();
  private aheadMs = 0;
  /** What the clock shows while it does not move by itself: stopped, or being advanced. */
  private heldAt: number | null = null;
  private isRunning = true;
  private timer: Scheduled | null = null;
  private lastAdvance: Promise<void> = Promise.resolve();

  constructor(machine: Clock = systemClock) {
    this.machine = machine;
  }

  now(): number {
    return this.heldAt ?? this.machine.now() + this.aheadMs;
  }

  schedule(delayMs: number, task: () => void): Scheduled {
    const added = this.tasks.add(this.now() + Math.max(delayMs, 0), task);
    if (this.tasks.first === added) this.arm();
    return {
      cancel: () => {
        const wasNext = this.tasks.first === added;
        if (this.tasks.remove(added) && wasNext) this.arm();
      },
    };
  }

  track<Outcome>(work: Promise<Outcome>): Promise<Outcome> {
    const forget = (): void => void this.work.delete(work);
    this.work.add(work);
    work.then(forget, forget);
    return work;
  }

  read(): ClockReading {
    const now = this.now();
    return {
      now,
      aheadMs: now - this.machine.now(),
      isRunning: this.isRunning,
      waitingTasks: this.tasks.size,
      nextTaskAt: this.tasks.first?.dueAt ?? null,
    };
  }

  /** Holds the clock where it is; only advancing moves it then. */
  stop(): void {
    this.isRunning = false;
    this.hold();
  }

  /** Lets a stopped clock go on from where it is. */
  start(): void {
    this.isRunning = true;
    // While it is being advanced it is let go at the end of that.
    void this.enqueue(() => Promise.resolve());
  }

  /** Sets the clock forward and resolves when everything that was due on the way is done. One advance at a time. */
  advance(ms: number, options: AdvanceOptions = {}): Promise<void> {
    return this.enqueue(() => this.runUntil(this.now() + ms, options));
  }

  /** Sets the clock forward to a time, running nothing on the way; never back. What was due runs afterwards. */
  skipTo(time: number): void {
    if (time <= this.now()) return;
    if (this.heldAt === null) this.aheadMs = time - this.machine.now();
    else this.heldAt = time;
    this.arm();
  }

  /** Forgets all tasks and lets the program end. */
  close(): void {
    this.tasks.clear();
    this.timer?.cancel();
  }

  private enqueue(move: () => Promise<void>): Promise<void> {
    const moved = this.lastAdvance.then(() => {
      this.hold();
      return move().finally(() => this.release());
    });
    // A failure is told to whoever asked for this move, not to the next.
    this.lastAdvance = moved.catch(() => undefined);
    return moved;
  }

  private async runUntil(target: number, options: AdvanceOptions): Promise<void> {
    await this.settle(options);
    while (options.signal?.aborted !== true) {
      const task = this.tasks.takeDue(target);
      if (!task) break;
      this.heldAt = Math.max(this.now(), task.dueAt);
      task.run();
      await this.settle(options);
    }
    if (options.signal?.aborted !== true) this.heldAt = Math.max(this.now(), target);
  }

  /** Waits until the work that was started is done; work that takes too long is not waited for again. */
  private async settle({ patienceMs = DEFAULT_PATIENCE_MS }: AdvanceOptions): Promise<void> {
    const goOnAt = this.machine.now() + patienceMs * LONGEST_CHAIN;
    await nextTurn();
    while (this.work.size > 0 && this.machine.now() < goOnAt) {
      const pending = [...this.work];
      const isDone = await this.areDoneWithin(pending, patienceMs);
      if (!isDone) pending.forEach((work) => this.work.delete(work));
      await nextTurn();
    }
  }

  private async areDoneWithin(work: readonly Promise<unknown>[], ms: number): Promise<boolean> {
    let limit: Scheduled | null = null;
    const impatience = new Promise<boolean>((resolve) => {
      limit = this.machine.schedule(ms, () => resolve(false));
    });
    const done = Promise.allSettled(work).then(() => true);
    return Promise.race([done, impatience]).finally(() => limit?.cancel());
  }

  private hold(): void {
    this.heldAt = this.now();
    this.timer?.cancel();
    this.timer = null;
  }

  private release(): void {
    if (!this.isRunning || this.heldAt === null) return;
    this.aheadMs = this.heldAt - this.machine.now();
    this.heldAt = null;
    this.arm();
  }

  /** Sets the machine's timer to the next task. */
  private arm(): void {
    this.timer?.cancel();
    this.timer = null;
    const { first } = this.tasks;
    if (!first || this.heldAt !== null) return;
    this.timer = this.machine.schedule(first.dueAt - this.now(), () => this.runDue());
  }

  private runDue(): void {
    try {
      for (let task = this.tasks.takeDue(this.now()); task; task = this.tasks.takeDue(this.now())) task.run();
    } finally {
      this.arm();
    }
  }
}
