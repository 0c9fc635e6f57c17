import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { InstallationSecret } from '#protocol/bridge-api';

import { startEmulator } from '../emulator/emulator.ts';
import { TestBrowser } from '../testing/browser.ts';
import type { Target } from './target.ts';
import { usageOf, type Resource } from './usage.ts';

/** What is measured, in a process of its own. Dispose of it to end it. */
export interface Relay extends AsyncDisposable {
  readonly name: 'floor' | 'bridge';
  readonly target: Target;
  readonly usage: (resource: Resource) => Promise<number>;
}

export async function startFloor(): Promise<Relay> {
  const { origin, usage, dispose } = await startProcess('floor-process.ts', []);
  // It looks at neither, but what is posted must be the same.
  const target = { origin, cookie: 'none=none', appKey: 'bench', secret: 'bench' };
  return { name: 'floor', target, usage, [Symbol.asyncDispose]: dispose };
}

/** The bridge as it is, on disk, with somebody signed in to the emulator. */
export async function startMeasuredBridge(): Promise<Relay> {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  stack.defer(() => rmSync(dataDir, { recursive: true }));
  const webhookUrl = (): string => 'http://127.0.0.1:9/';
  const emulator = stack.use(await startEmulator({ host: '127.0.0.1', httpPort: 0, webhookUrl }));
  const { origin, usage, dispose } = await startProcess('bridge-process.ts', [dataDir, emulator.origin]);
  stack.defer(dispose);
  const browser = new TestBrowser(origin);
  await browser.signInToDemo();
  const { id, client_id: appKey } = await browser.connectorApp();
  const answer = await browser.post(`/api/installations/${id}/secret`);
  const secret = String((answer.body as InstallationSecret).clientSecret);
  const target = { origin, cookie: browser.cookieHeader['cookie'] ?? '', appKey, secret };
  const running = stack.move();
  return { name: 'bridge', target, usage, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

async function startProcess(program: string, args: readonly string[]) {
  const child = fork(join(import.meta.dirname, program), args, { execArgv: ['--expose-gc'] });
  const told: unknown[] = await once(child, 'message');
  const { origin } = told[0] as { readonly origin: string };
  return {
    origin,
    usage: (resource: Resource) => usageOf(child, resource),
    dispose: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
