import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { isEmulatedAccount } from '#protocol/identifiers';

import type { DemoEmulator } from './bridge/bridge-parts.ts';
import { startBridge } from './bridge/bridge.ts';
import { directoryHostOf, toBridgeConfig } from './bridge/config/bridge-config.ts';
import { prepareDataFolder } from './bridge/config/data-folder.ts';
import { sessionSecretFor } from './bridge/config/session-secret.ts';
import { readSettingsFile, toSettings, type Settings } from './bridge/config/settings.ts';
import { StartError } from './bridge/config/start-error.ts';
import { createLogger, type Logger } from './bridge/logging/loggers.ts';
import { DEMO_ACCOUNT, DEMO_ADMINISTRATOR, startEmulator, type Emulator } from './emulator/emulator.ts';

const projectRoot = resolve(import.meta.dirname, '..');

/** Starts bridge and emulator, and stops both when the process is asked to end. */
async function main(): Promise<void> {
  const settings = toSettings(readSettingsFile(resolve(projectRoot, 'settings.json')), process.env);
  const log = createLogger({ level: settings.LOG_LEVEL });
  const dataDir = resolve(projectRoot, settings.DATA_DIR);
  prepareDataFolder(dataDir);
  const sessionSecret = sessionSecretFor({ host: settings.HOST, given: settings.SESSION_SECRET, dataDir });
  const config = toBridgeConfig(settings, { sessionSecret, projectRoot, version: versionOf(projectRoot) });
  const stop = stopSignal();

  await using emulator = settings.EMULATOR_ENABLED
    ? await startWith({ settings, dataDir }, log, () => bridge.webhookUrl)
    : null;
  await using bridge = await startBridge(config, {
    // Accounts whose id starts with "demo" belong to the emulator; every other one to the cloud.
    directoryOriginOf: (account) =>
      isEmulatedAccount(account) ? (emulator?.origin ?? null) : `https://${directoryHostOf(account, config)}`,
    demo: () => emulator && demoOf(emulator),
    localAuthorities: () => (emulator?.tls ? [emulator.tls.caCertificate] : []),
    log: log.child({ part: 'bridge' }),
  });
  emulator?.resume();
  log.info({ origin: bridge.origin, emulator: emulator?.origin, dataDir }, 'started');
  process.stdout.write(`\n  The Connector API demo app is ready: ${bridge.address}\n\n`);
  if (!stop.aborted) await once(stop, 'abort');
  log.info('stopping');
}

async function startWith(
  { settings, dataDir }: { readonly settings: Settings; readonly dataDir: string },
  log: Logger,
  webhookUrl: () => string,
): Promise<Emulator> {
  try {
    return await startEmulator({
      host: settings.HOST,
      httpPort: settings.EMULATOR_HTTP_PORT,
      httpsPort: settings.EMULATOR_HTTPS_PORT,
      dataDir,
      ...(settings.EMULATOR_CONTROL !== 'auto' && { isControlEnabled: settings.EMULATOR_CONTROL === 'on' }),
      webhookUrl,
      log: log.child({ part: 'emulator' }),
    });
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function demoOf({ origin }: Emulator): DemoEmulator {
  const account = DEMO_ACCOUNT;
  return { host: new URL(origin).host, account, signIn: { account, ...DEMO_ADMINISTRATOR } };
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

try {
  await main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`Cannot start: ${error.message}.\n`);
  process.exitCode = 1;
}
