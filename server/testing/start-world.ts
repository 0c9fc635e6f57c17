import { isEmulatedAccount } from '#protocol/identifiers';

import type { Bridge } from '../bridge/bridge.ts';
import type { BridgeParts } from '../bridge/bridge-parts.ts';
import type { BridgeConfig } from '../bridge/config/bridge-config.ts';
import { INSTANT_PACE } from '../emulator/agent/agent-pace.ts';
import {
  DEMO_ACCOUNT,
  DEMO_ADMINISTRATOR,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from '../emulator/emulator.ts';
import { createSigningKey } from '../emulator/tokens/signing-key.ts';
import { startInterposer, type Interposer } from './interposer.ts';
import { startTestBridge } from './start-bridge.ts';

/** Bridge and emulator, meeting over HTTP as they do in production. */
export interface World extends AsyncDisposable {
  readonly bridge: Bridge;
  readonly emulator: Emulator;
  /** What the bridge takes for the emulator; passes everything on unless a spec interferes. */
  readonly wire: Interposer;
}

export interface WorldOptions {
  readonly parts?: Partial<BridgeParts>;
  readonly config?: Partial<BridgeConfig>;
  readonly emulator?: Partial<EmulatorOptions>;
}

/** Making a key takes longer than all the rest. */
const sharedKey = createSigningKey();

/** Starts both on free ports; the agent takes no time to think. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const emulator: Emulator = stack.use(
    await startEmulator({
      host: '127.0.0.1',
      httpPort: 0,
      webhookUrl: () => bridge.webhookUrl,
      agentPace: INSTANT_PACE,
      signingKey: await sharedKey,
      ...options.emulator,
    }),
  );
  const wire = stack.use(await startInterposer(() => emulator.origin));
  const bridge: Bridge = stack.use(
    await startTestBridge({ ...partsFor(wire.origin), ...options.parts }, options.config),
  );
  emulator.resume();
  const running = stack.move();
  return { bridge, emulator, wire, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** How a bridge reaches the emulator behind this origin, and nothing else. */
export function partsFor(origin: string): Pick<BridgeParts, 'directoryOriginOf' | 'demo'> {
  const account = DEMO_ACCOUNT;
  return {
    directoryOriginOf: (asked) => (isEmulatedAccount(asked) ? origin : null),
    demo: () => ({ host: new URL(origin).host, account, signIn: { account, ...DEMO_ADMINISTRATOR } }),
  };
}
