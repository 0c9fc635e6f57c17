import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { About } from '#protocol/bridge-api';
import { startServer } from '../../scripts/start-server.ts';

/** Bridge and emulator as a user starts them, on ports and with data of their own. */
export interface World extends AsyncDisposable {
  /** Where the web app is, e.g. `http://localhost:49152`. */
  readonly origin: string;
  /** Where the emulator is. */
  readonly emulatorOrigin: string;
  readonly dataDir: string;
}

/**
 * Starts `server/main.ts` on free ports with an empty data folder that goes when the world does.
 *
 * @param settings Settings that differ from the defaults, e.g. `{ SERVER_HTTP_PORT: '8282' }`.
 */
export async function startWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'connector-demo-'));
  const env = { ...TEST_SETTINGS, DATA_DIR: dataDir, ...settings };
  const { address, child, exit } = await startServer(env, () => undefined);
  return {
    origin: address,
    emulatorOrigin: await emulatorOrigin(address),
    dataDir,
    async [Symbol.asyncDispose]() {
      await stop(child, exit);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What `docs/compose.yaml` and orchestrators give, with room for a busy machine. */
const STOP_WITHIN_MS = 10_000;

const TEST_SETTINGS = {
  SERVER_HTTP_PORT: '0',
  EMULATOR_ENABLED: 'true',
  EMULATOR_HTTP_PORT: '0',
  EMULATOR_HTTPS_PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'error',
};

async function emulatorOrigin(bridge: string): Promise<string> {
  const about = (await (await fetch(`${bridge}/api/about`)).json()) as About;
  if (about.emulator === null) throw new Error('The emulator is off');
  return `http://${about.emulator.host}`;
}

/** A server that does not stop in order is a defect: it is ended, and the test fails. */
async function stop(child: ChildProcess, exit: Promise<number>): Promise<void> {
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  child.kill('SIGTERM');
  const code = await exit;
  clearTimeout(patience);
  if (child.signalCode === 'SIGKILL') throw new Error(`The server did not stop within ${STOP_WITHIN_MS} ms`);
  if (code !== 0) throw new Error(`The server stopped with exit code ${code}`);
}

interface Fixtures {
  /** A world for this test alone; `page.goto('/')` opens it. */
  readonly world: World;
  /** What the page complained about in its console, and errors nobody caught. Expect it to be empty. */
  readonly problems: readonly string[];
}

/** Playwright's `test` with the real app behind `page`. */
export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's needs from its first parameter, which must be a pattern.
  world: async ({}, use) => {
    await using world = await startWorld();
    await use(world);
  },
  baseURL: async ({ world }, use) => use(world.origin),
  problems: async ({ page }, use) => use(collectProblems(page)),
});

export { expect } from '@playwright/test';

function collectProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}
