import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROGRAMS = {
  floor: join(import.meta.dirname, 'floor-process.ts'),
  bridge: join(import.meta.dirname, '../main.ts'),
} as const;

/**
 * Time from the start of the process to its first 200, in ms. The bridge as it is started for the real cloud.
 *
 * @param isFirst Whether as after an install, when Node has not kept any compiled code yet. Default: `false`.
 */
export async function measureStart(name: keyof typeof PROGRAMS, isFirst = false): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const port = await freePort();
  const settings = { SERVER_HTTP_PORT: String(port), DATA_DIR: dataDir, EMULATOR_ENABLED: 'false' };
  const cache = isFirst ? { NODE_DISABLE_COMPILE_CACHE: '1' } : {};
  const env = { ...process.env, ...settings, ...cache, LOG_LEVEL: 'error' };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [PROGRAMS[name]], { env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  await untilServing(`http://127.0.0.1:${port}/health`, child);
  const ms = performance.now() - startedAt;
  // Asked to end, not killed: then the bridge has kept what it compiled.
  child.kill('SIGTERM');
  await exited;
  rmSync(dataDir, { recursive: true });
  return ms;
}

async function untilServing(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      const { status, body } = await fetch(url);
      await body?.cancel();
      if (status === 200) return;
    } catch {
      // Not yet.
    }
    await wait(2);
  }
  throw new Error(`the process ended with ${child.exitCode}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
