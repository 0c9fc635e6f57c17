import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { at } from '../../emulator/testing/answer.ts';

const PROGRAM = join(import.meta.dirname, 'emulator-process.ts');

/** An emulator in a process of its own that tells how much memory it holds. */
export class SeparateEmulator implements AsyncDisposable {
  readonly origin: string;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, origin: string) {
    this.child = child;
    this.origin = origin;
  }

  static async start(webhookUrl: string): Promise<SeparateEmulator> {
    const child = fork(PROGRAM, [webhookUrl], { execArgv: ['--expose-gc'] });
    return new SeparateEmulator(child, String(at(await messageOf(child), 'origin')));
  }

  /** Heap and buffers that are in use after a garbage collection. */
  async heapBytes(): Promise<number> {
    const told = messageOf(this.child);
    this.child.send('heap');
    return Number(at(await told, 'heapBytes'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const told: unknown[] = await Promise.race([once(child, 'message'), ended(child)]);
  return told[0];
}

async function ended(child: ChildProcess): Promise<never> {
  const told: unknown[] = await once(child, 'exit');
  throw new Error(`the emulator ended with ${String(told[0])}`);
}
