import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, 'bridge-process.ts');

/** A bridge in a process of its own, always at the same address, that can be killed and started again. */
export class KillableBridge implements AsyncDisposable {
  private readonly dataDir: string;
  private readonly cloudOrigin: string;
  private child: ChildProcess | null = null;
  private address = '';

  constructor(dataDir: string, cloudOrigin: string) {
    this.dataDir = dataDir;
    this.cloudOrigin = cloudOrigin;
  }

  /** Empty before the first start. */
  get origin(): string {
    return this.address;
  }

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const port = this.address === '' ? '0' : new URL(this.address).port;
    const child = fork(PROGRAM, [this.dataDir, port, this.cloudOrigin]);
    this.child = child;
    const told: unknown[] = await Promise.race([once(child, 'message'), ended(child)]);
    const message = told[0];
    if (typeof message !== 'object' || message === null || !('origin' in message)) {
      throw new Error('the bridge did not tell where it is');
    }
    this.address = String(message.origin);
  }

  /** Ends it as the kernel does when memory runs out: without a word. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child === null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}

async function ended(child: ChildProcess): Promise<never> {
  const told: unknown[] = await once(child, 'exit');
  throw new Error(`the bridge ended with ${String(told[0])} before it served`);
}
