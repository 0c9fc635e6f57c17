import { pause, systemClock } from './clock.ts';
import type { Clock } from './clock.ts';

describe('The clock', () => {
  it('runs a task once, after the call that scheduled it', async () => {
    const ran: string[] = [];
    await new Promise<void>((resolve) => {
      systemClock.schedule(0, () => {
        ran.push('task');
        resolve();
      });
      ran.push('scheduled');
    });

    expect(ran).toEqual(['scheduled', 'task']);
  });

  it('does not run a cancelled task', async () => {
    let hasRun = false;
    systemClock.schedule(0, () => (hasRun = true)).cancel();
    await new Promise<void>((resolve) => systemClock.schedule(1, resolve));

    expect(hasRun).toBe(false);
  });

  it('waits for delays that no timer can hold, instead of firing at once', async () => {
    let hasRun = false;
    const ninetyDays = systemClock.schedule(90 * 24 * 3_600_000, () => (hasRun = true));
    await new Promise<void>((resolve) => systemClock.schedule(1, resolve));

    expect(hasRun).toBe(false);
    ninetyDays.cancel();
  });

  it('ends a pause when the signal aborts, and leaves no timer behind', async () => {
    let cancelled = 0;
    const clock: Clock = {
      now: () => 0,
      schedule: () => ({ cancel: () => (cancelled += 1) }),
      track: (work) => work,
    };
    const controller = new AbortController();
    const waiting = pause(clock, 1000, controller.signal);

    controller.abort();
    await waiting;

    expect(cancelled).toBe(1);
    await pause(clock, 1000, controller.signal);
    expect(cancelled).toBe(1);
  });
});
