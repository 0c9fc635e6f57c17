import { spawn, type ChildProcess } from 'node:child_process';
import { whileAlive } from './run-command.mjs';
import { ROOT } from './web-build.ts';

export interface StartedServer {
  /** The address that the server printed, e.g. `http://localhost:8282`. */
  readonly address: string;
  readonly child: ChildProcess;
  /** Its exit code, once it has stopped. A request to stop that reaches this process is passed on to it. */
  readonly exit: Promise<number>;
}

/** How `server/main.ts` says that bridge and emulator listen. */
export const READY_LINE = /is ready: (http\S+)\r?\n/;

/**
 * Starts bridge and emulator and waits until they can be used.
 *
 * @param env Settings that differ from `settings.json`.
 * @param show Takes what the server prints. What it writes to its error stream is always shown.
 * @throws When the server ends before it is ready; it has said why.
 */
export async function startServer(
  env: Readonly<Record<string, string>>,
  show: (text: string) => void,
): Promise<StartedServer> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = whileAlive(child);
  const output = child.stdout.setEncoding('utf8').on('data', show);
  const address = await Promise.race([matchIn(output, READY_LINE), exit]);
  if (typeof address === 'number') throw new Error(`The server did not start (exit code ${address}).`);
  return { address, child, exit };
}

/** What the first group of `pattern` matches, as soon as the stream has said it; never settles when it does not. */
export function matchIn(output: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const search = (chunk: unknown) => {
      text += String(chunk);
      const found = pattern.exec(text)?.[1];
      if (found === undefined) return;
      output.off('data', search);
      resolve(found);
    };
    output.on('data', search);
  });
}
