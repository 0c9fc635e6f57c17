import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';

import { isEmulatedAccount } from '#protocol/identifiers';

import { FOLDER_PATIENCE_MS, startBridge } from './bridge/bridge.ts';
import { directoryHostOf, toBridgeConfig } from './bridge/config/bridge-config.ts';
import { prepareDataFolder } from './bridge/config/data-folder.ts';
import { sessionSecretFor } from './bridge/config/session-secret.ts';
import { readSettings, toSettings } from './bridge/config/settings.ts';
import { StartError } from './bridge/config/start-error.ts';
import { createLogger } from './bridge/logging/loggers.ts';
import { holdFolder } from './bridge/storage/held-folder.ts';
import type { DemoEmulatorOptions, StartedEmulator } from './start-demo-emulator.ts';

const projectRoot = resolve(import.meta.dirname, '..');

/** Runs bridge and emulator until the process is asked to end. What keeps them from starting is said in one line. */
export async function runDemoApp(): Promise<void> {
  try {
    await runUntilStopped();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`Cannot start: ${error.message}.\n`);
    process.exitCode = 1;
  }
}

async function runUntilStopped(): Promise<void> {
  const file = readSettings(projectRoot, process.env);
  const settings = toSettings(file.values, process.env, file.name);
  const log = createLogger({ level: settings.LOG_LEVEL });
  const dataDir = resolve(projectRoot, settings.DATA_DIR);
  prepareDataFolder(dataDir);
  // Before the emulator: it keeps its state in the same folder.
  using heldFolder = holdFolder(dataDir, {
    patienceMs: FOLDER_PATIENCE_MS,
    waiting: (words) => process.stderr.write(`${words}.\n`),
  });
  const sessionSecret = sessionSecretFor({ host: settings.HOST, given: settings.SESSION_SECRET, dataDir });
  const config = toBridgeConfig(settings, { sessionSecret, projectRoot, version: versionOf(projectRoot) });
  const stop = stopSignal();

  const webhookUrl = (): string => bridge.webhookUrl;
  await using emulator = settings.EMULATOR_ENABLED
    ? await startEmulator({ settings, dataDir, log, webhookUrl })
    : null;
  await using bridge = await startBridge(config, {
    // Accounts whose id starts with "demo" belong to the emulator; every other one to the cloud.
    directoryOriginOf: (account) =>
      isEmulatedAccount(account) ? (emulator?.origin ?? null) : `https://${directoryHostOf(account, config)}`,
    demo: () => emulator?.demo ?? null,
    localAuthorities: () => (emulator?.tls ? [emulator.tls.caCertificate] : []),
    log: log.child({ part: 'bridge' }),
    heldFolder,
  });
  emulator?.resume();
  log.info({ origin: bridge.origin, emulator: emulator?.origin, dataDir }, 'started');
  process.stdout.write(`\n  The Connector API demo app is ready: ${bridge.address}\n\n`);
  flushCompileCache();
  if (!stop.aborted) await once(stop, 'abort');
  log.info('stopping');
  emulator?.rest();
}

/** Half of all modules are the emulator's; without it they are not loaded. */
async function startEmulator(options: DemoEmulatorOptions): Promise<StartedEmulator> {
  const { startDemoEmulator } = await import('./start-demo-emulator.ts');
  return startDemoEmulator(options);
}

function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}

/** Aborts on the first request to end; a second one ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
