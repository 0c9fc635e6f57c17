import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Load, LoadResult } from './load.ts';

/** A load generator in its own process; what it opened is closed when it is disposed of. */
export class LoadDriver implements AsyncDisposable {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  static async start(): Promise<LoadDriver> {
    const child = fork(join(import.meta.dirname, 'load-process.ts'));
    await once(child, 'message');
    return new LoadDriver(child);
  }

  /** @throws when an event was refused or did not come out */
  async run(load: Load): Promise<LoadResult> {
    const answered = once(this.child, 'message');
    this.child.send(load);
    const told: unknown[] = await answered;
    const result = told[0] as LoadResult;
    if (result.refused > 0) throw new Error(`${result.refused} events were refused`);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
