import { VirtualClock } from './virtual-clock.ts';
import { pause, systemClock } from './clock.ts';
import type { Clock } from './clock.ts';

const NEVER = new AbortController().signal;

describe('The virtual clock', () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = new VirtualClock();
  });
  afterEach(() => clock.close());

  it('runs with the machine’s clock and lets tasks come due by themselves', async () => {
    expect(Math.abs(clock.now() - systemClock.now())).toBeLessThan(1000);
    let hasRun = false;

    await new Promise<void>((resolve) =>
      clock.schedule(1, () => {
        hasRun = true;
        resolve();
      }),
    );

    expect(hasRun).toBeTrue();
  });

  it('runs what was scheduled in its order, each at its own time, when it is set forward', async () => {
    clock.stop();
    const start = clock.now();
    const ran: string[] = [];
    const note = (name: string) => (): void => void ran.push(`${name} at ${clock.now() - start}`);
    clock.schedule(3_600_000, note('hour'));
    clock.schedule(1000, note('second'));
    clock.schedule(1000, note('same second'));
    clock.schedule(259_200_001, note('too late'));

    await clock.advance(259_200_000);

    expect(ran).toEqual(['second at 1000', 'same second at 1000', 'hour at 3600000']);
    expect(clock.now() - start).toBe(259_200_000);
    expect(clock.read().waitingTasks).toBe(1);
  });

  it('runs on the way what tasks schedule on the way', async () => {
    clock.stop();
    const start = clock.now();
    const times: number[] = [];
    const again = (): void => {
      times.push(clock.now() - start);
      clock.schedule(300_000, again);
    };
    clock.schedule(300_000, again);

    await clock.advance(3_600_000);

    expect(times).toEqual(Array.from({ length: 12 }, (_, index) => 300_000 * (index + 1)));
  });

  it('waits for the work that a task starts before it goes on', async () => {
    clock.stop();
    const ran: string[] = [];
    clock.schedule(10, () => {
      void clock.track(
        new Promise<void>((resolve) => systemClock.schedule(20, resolve)).then(() => {
          clock.schedule(5, () => ran.push('what the work has scheduled'));
        }),
      );
    });
    clock.schedule(50, () => ran.push('later'));

    await clock.advance(100);

    expect(ran).toEqual(['what the work has scheduled', 'later']);
  });

  it('does not wait longer than its patience for work that never ends', async () => {
    clock.stop();
    let hasRun = false;
    clock.schedule(10, () => void clock.track(new Promise(() => undefined)));
    clock.schedule(20, () => (hasRun = true));

    await clock.advance(100, { patienceMs: 1 });

    expect(hasRun).toBeTrue();
  });

  it('ends although new work never stops coming', async () => {
    clock.stop();
    const start = clock.now();
    const traffic = { goesOn: true };
    const call = async (): Promise<void> => {
      await clock.track(new Promise<void>((resolve) => systemClock.schedule(0, resolve)));
      if (traffic.goesOn) await call();
    };
    const calls = Promise.all([call(), call()]);

    await clock.advance(100, { patienceMs: 1 });

    expect(clock.now() - start).toBe(100);
    traffic.goesOn = false;
    await calls;
  });

  it('goes on from where it was set when it runs', async () => {
    await clock.advance(86_400_000);

    expect(clock.read().isRunning).toBeTrue();
    expect(clock.read().aheadMs).toBeGreaterThan(86_300_000);
    await new Promise<void>((resolve) => clock.schedule(1, resolve));
  });

  it('stands still while it is stopped, and runs on when it is started', async () => {
    clock.stop();
    const stopped = clock.now();
    await new Promise<void>((resolve) => systemClock.schedule(5, resolve));
    expect(clock.now()).toBe(stopped);

    const due = new Promise<void>((resolve) => clock.schedule(0, resolve));
    clock.start();
    await due;

    expect(clock.now()).toBeGreaterThanOrEqual(stopped);
  });

  it('makes one advance after the other', async () => {
    clock.stop();
    const start = clock.now();

    await Promise.all([clock.advance(1000), clock.advance(2000), clock.advance(3000)]);

    expect(clock.now() - start).toBe(6000);
  });

  it('ends an advance where it is when its signal aborts', async () => {
    clock.stop();
    const start = clock.now();
    const controller = new AbortController();
    clock.schedule(1000, () => controller.abort());

    await clock.advance(5000, { signal: controller.signal });

    expect(clock.now() - start).toBe(1000);
  });

  it('does not run a cancelled task and keeps nothing of it', async () => {
    clock.stop();
    let hasRun = false;
    const tasks = Array.from({ length: 100 }, (_, index) => clock.schedule(index % 7, () => (hasRun = true)));
    for (const task of tasks) task.cancel();

    await clock.advance(1000);

    expect(hasRun).toBeFalse();
    expect(clock.read().waitingTasks).toBe(0);
  });

  it('lets pauses pass', async () => {
    clock.stop();
    const order: string[] = [];
    const first = pause(clock, 1000, NEVER).then(() => order.push('short'));
    const second = pause(clock, 2000, NEVER).then(() => order.push('long'));

    await clock.advance(2000);
    await Promise.all([first, second]);

    expect(order).toEqual(['short', 'long']);
  });

  it('goes on with the tasks that are left when one fails, as the platform does', async () => {
    const failures: unknown[] = [];
    const machine: Clock = {
      ...systemClock,
      schedule: (ms, task) =>
        systemClock.schedule(ms, () => {
          try {
            task();
          } catch (error) {
            failures.push(error);
          }
        }),
    };
    const guarded = new VirtualClock(machine);
    guarded.schedule(0, () => {
      throw new Error('a task failed');
    });

    await new Promise<void>((resolve) => guarded.schedule(0, resolve));

    expect(failures.length).toBe(1);
    guarded.close();
  });

  it('skips to a time without running what is due on the way, never back', () => {
    clock.stop();
    const start = clock.now();
    let hasRun = false;
    clock.schedule(10, () => (hasRun = true));

    clock.skipTo(start + 1000);
    clock.skipTo(start);

    expect(clock.now()).toBe(start + 1000);
    expect(hasRun).toBeFalse();
  });
});
