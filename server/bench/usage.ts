import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** What can be asked: time on a processor since the start in ms, or memory in bytes after garbage was collected. */
export type Resource = 'cpu' | 'memory';

/** Lets the parent of this process ask what it uses. */
export function tellUsage(): void {
  process.on('message', (message) => {
    if (message === 'cpu') process.send?.(cpuMs());
    else if (message === 'memory') void rssBytes().then((bytes) => process.send?.(bytes));
  });
  process.once('disconnect', () => process.exit());
}

/** Asks a process that calls {@link tellUsage}. */
export function usageOf(child: ChildProcess, resource: Resource): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(Number(message)));
    child.send(resource);
  });
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function rssBytes(): Promise<number> {
  // Twice, with turns between: what a collection lets go of may hold more.
  for (let time = 0; time < 2; time += 1) {
    globalThis.gc?.();
    await wait(50);
  }
  return process.memoryUsage.rss();
}
