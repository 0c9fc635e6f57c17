import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { TestBrowser } from '../browser.ts';
import type { Interference, SeenRequest } from '../interposer.ts';
import { startWorld, type World } from '../start-world.ts';
import { KillableBridge } from './killable-bridge.ts';

/** A world whose bridge is a process of its own, and somebody who is signed in to it. */
export interface KillableWorld extends AsyncDisposable, Pick<World, 'emulator' | 'wire'> {
  readonly bridge: KillableBridge;
  readonly browser: TestBrowser;
  readonly dataDir: string;
  /** Does this to calls of which it is true from now on; resolves when the first of them was met. */
  meet(isMeant: (request: SeenRequest) => boolean, interference: Interference): Promise<unknown>;
  /** Ends the process with SIGKILL and starts it on the same folder; calls pass again. */
  restart(): Promise<void>;
}

export async function startKillableWorld(): Promise<KillableWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'killable-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(dataDir, { recursive: true }));
  const webhookUrl = (): string => `${bridge.origin}/notifications/event`;
  const { emulator, wire } = stack.use(await startWorld({ emulator: { webhookUrl } }));
  const bridge: KillableBridge = stack.use(new KillableBridge(dataDir, wire.origin));
  await bridge.start();
  const browser = new TestBrowser(bridge.origin);
  await browser.signInToDemo();
  const running = stack.move();
  return {
    ...{ emulator, wire, bridge, browser, dataDir },
    meet: (isMeant, interference) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      wire.interfere((request) => {
        if (!isMeant(request)) return { kind: 'pass' };
        resolve(undefined);
        return interference;
      });
      return promise;
    },
    restart: async () => {
      await bridge.kill();
      wire.interfere(() => ({ kind: 'pass' }));
      await bridge.start();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
