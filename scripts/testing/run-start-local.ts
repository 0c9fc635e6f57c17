import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { whileAlive } from '../run-command.mjs';
import { READY_LINE, matchIn } from '../start-server.ts';

/** A run of the README's first command. */
export interface LocalRun extends AsyncDisposable {
  /** The address that it printed. */
  readonly origin: string;
}

export interface LocalRunOptions {
  /** The project's folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs `npm run start-local` on free ports and waits for the address that it prints; stops it as Ctrl+C or `kill` do. */
export async function runStartLocal({ folder, env }: LocalRunOptions): Promise<LocalRun> {
  const ports = { SERVER_HTTP_PORT: '0', EMULATOR_HTTP_PORT: '0', EMULATOR_HTTPS_PORT: '0' };
  const npm = spawn('npm', ['run', 'start-local'], {
    cwd: folder,
    env: { ...process.env, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  const exit = whileAlive(npm);
  const closed = once(npm.stdout, 'close');
  let output = '';
  npm.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const origin = await Promise.race([matchIn(npm.stdout, READY_LINE), exit]);
  if (typeof origin === 'number') throw new Error(`start-local ended with exit code ${origin}:\n${output}`);
  return {
    origin,
    async [Symbol.asyncDispose]() {
      npm.kill('SIGTERM');
      await exit;
      // npm ends at once; its output closes when the last program that it started is gone.
      await closed;
    },
  };
}
