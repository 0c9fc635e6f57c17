import type { DemoEmulator } from './bridge/bridge-parts.ts';
import type { Settings } from './bridge/config/settings.ts';
import { StartError } from './bridge/config/start-error.ts';
import type { Logger } from './bridge/logging/loggers.ts';
import { DEMO_ACCOUNT, DEMO_ADMINISTRATOR, startEmulator, type Emulator } from './emulator/emulator.ts';

export interface DemoEmulatorOptions {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly log: Logger;
  readonly webhookUrl: () => string;
}

/** The emulator, and how somebody signs in to it without an account. */
export interface StartedEmulator extends Emulator {
  readonly demo: DemoEmulator;
}

/** Starts the emulator that stands beside the bridge. @throws StartError */
export async function startDemoEmulator(options: DemoEmulatorOptions): Promise<StartedEmulator> {
  const { settings, log, ...rest } = options;
  try {
    const emulator = await startEmulator({
      ...rest,
      host: settings.HOST,
      httpPort: settings.EMULATOR_HTTP_PORT,
      httpsPort: settings.EMULATOR_HTTPS_PORT,
      ...(settings.EMULATOR_CONTROL !== 'auto' && { isControlEnabled: settings.EMULATOR_CONTROL === 'on' }),
      log: log.child({ part: 'emulator' }),
    });
    return { ...emulator, demo: demoOf(emulator) };
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function demoOf({ origin }: Emulator): DemoEmulator {
  const account = DEMO_ACCOUNT;
  return { host: new URL(origin).host, account, signIn: { account, ...DEMO_ADMINISTRATOR } };
}
