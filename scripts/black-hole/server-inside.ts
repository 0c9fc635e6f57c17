import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { matchIn, READY_LINE } from '../start-server.ts';
import { ROOT } from '../web-build.ts';
import type { LostNetwork } from './lost-network.ts';

const EMULATOR_PORT = 8283;

/** Bridge and emulator inside the network. */
export interface ServerInside extends AsyncDisposable {
  readonly address: string;
  /** A call of the emulator's control API from inside, also while the way out is gone. */
  control(method: string, path: string, body: unknown): void;
}

export async function startServerInside(network: LostNetwork): Promise<ServerInside> {
  const dataDir = mkdtempSync(join(tmpdir(), 'black-hole-'));
  const settings = { HOST: network.host, DATA_DIR: dataDir, LOG_LEVEL: 'error', EMULATOR_HTTPS_PORT: 'off' };
  const control = {
    EMULATOR_ENABLED: 'true',
    EMULATOR_HTTP_PORT: String(EMULATOR_PORT),
    EMULATOR_CONTROL: 'on',
  };
  const [program = '', ...args] = network.inside(process.execPath, 'server/main.ts');
  const env = { ...process.env, ...settings, ...control };
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const address = await matchIn(child.stdout.setEncoding('utf8'), READY_LINE);
  return {
    address,
    control(method, path, body) {
      const url = `http://${network.host}:${EMULATOR_PORT}/emulator/control${path}`;
      const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const call = `const a = await fetch(${JSON.stringify(url)}, ${JSON.stringify(init)});
        if (!a.ok) throw new Error(a.status + ' ' + (await a.text()));`;
      const [command = '', ...rest] = network.inside(process.execPath, '--input-type=module', '-e', call);
      execFileSync(command, rest);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true });
    },
  };
}
