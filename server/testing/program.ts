import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../main.ts');
/** What whoever runs this may have set otherwise in their environment. */
const USUAL = { HOST: '127.0.0.1', EMULATOR_ENABLED: 'false', LOG_LEVEL: 'info' };
const ANY_PORTS = { SERVER_HTTP_PORT: '0', EMULATOR_HTTP_PORT: '0', EMULATOR_HTTPS_PORT: 'off' };

/** The program as people start it, in a process of its own, with the settings of the spec and no others. */
export class Program {
  out = '';
  err = '';
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private isClosed = false;

  /** @param folder Holds its settings file, and its data unless the environment says otherwise. */
  constructor(folder: string, environment: Readonly<Record<string, string>> = {}) {
    const settingsFile = join(folder, 'settings-of-spec.json');
    writeFileSync(settingsFile, '{}');
    const own = { SETTINGS_FILE: settingsFile, DATA_DIR: folder, ...USUAL, ...ANY_PORTS };
    this.child = spawn(process.execPath, [MAIN], {
      env: { ...own, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.closed = once(this.child, 'close').then(() => (this.isClosed = true));
    this.child.stdout?.on('data', (text: Buffer) => (this.out += text.toString()));
    this.child.stderr?.on('data', (text: Buffer) => (this.err += text.toString()));
  }

  get processId(): number | undefined {
    return this.child.pid;
  }

  /** Where it serves, as soon as it says that it is ready. */
  async origin(): Promise<string> {
    const port = await this.said(() => /ready: http:\/\/localhost:(\d+)/.exec(this.out)?.[1]);
    return `http://127.0.0.1:${port}`;
  }

  /** Waits until it has written a warning of this form. */
  async warned(form: RegExp): Promise<string> {
    return this.said(() => form.exec(this.err)?.[0]);
  }

  /** Waits until it has logged what has this form. */
  async logged(form: RegExp): Promise<string> {
    return this.said(() => form.exec(this.out)?.[0]);
  }

  /** Waits for its end. @param signal Asks for it first. */
  async end(signal: NodeJS.Signals | null = null): Promise<number | null> {
    if (signal !== null) this.child.kill(signal);
    await this.closed;
    return this.child.exitCode;
  }

  private async said(what: () => string | undefined): Promise<string> {
    const { stdout, stderr } = this.child;
    for (;;) {
      const words = what();
      if (words !== undefined) return words;
      if (this.isClosed) throw new Error(`The program ended before it said so: ${this.err}`);
      await Promise.race([
        once(stdout ?? this.child, 'data'),
        once(stderr ?? this.child, 'data'),
        this.closed,
      ]);
    }
  }
}
