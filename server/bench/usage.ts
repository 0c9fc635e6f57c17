import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** What a process has used and holds. */
export interface Usage {
  /** Time on a processor since its start. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

const ASK = 'usage';

/** Lets the parent of this process ask what it uses. */
export function tellUsage(): void {
  process.on('message', (message) => {
    if (message === ASK) void measure().then((usage) => process.send?.(usage));
  });
  process.once('disconnect', () => process.exit());
}

/** Asks a process that calls {@link tellUsage}. Its garbage is collected first. */
export function usageOf(child: ChildProcess): Promise<Usage> {
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(message as Usage));
    child.send(ASK);
  });
}

async function measure(): Promise<Usage> {
  const { user, system } = process.cpuUsage();
  // Twice, with turns between: what a collection lets go of may hold more.
  for (let time = 0; time < 2; time += 1) {
    globalThis.gc?.();
    await wait(50);
  }
  return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() };
}
