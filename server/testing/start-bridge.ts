import { startBridge, type Bridge } from '../bridge/bridge.ts';
import type { BridgeParts } from '../bridge/bridge-parts.ts';
import type { BridgeConfig } from '../bridge/config/bridge-config.ts';
import { DEFAULT_RETENTION } from '../bridge/event-store/sqlite-retention.ts';
import { createLogger } from '../bridge/logging/loggers.ts';
import { USUAL_SIGNATURES } from '../bridge/webhooks/signature-forms.ts';

export const TEST_SECRET = 'a-secret-for-specs-of-more-than-32-characters';

/** A bridge on any free port that keeps everything in memory, unless the spec says otherwise. */
export function startTestBridge(
  parts: Partial<BridgeParts> = {},
  config: Partial<BridgeConfig> = {},
): Promise<Bridge> {
  return startBridge({ ...testConfig(), ...config }, { ...testParts(), ...parts });
}

/** Any free port, everything in memory. */
export function testConfig(): BridgeConfig {
  return {
    host: '127.0.0.1',
    port: 0,
    trustedProxies: 'loopback',
    allowedHosts: [],
    webhookSignatures: USUAL_SIGNATURES,
    webhookMode: 'strict',
    metricsAllow: 'loopback',
    dataDir: ':memory:',
    durability: 'process',
    retention: DEFAULT_RETENTION,
    streamsPerSession: 32,
    sendsPerConversation: 100,
    sessionSecret: TEST_SECRET,
    directoryHost: 'directory.invalid',
    directoryHostQa: 'directory-qa.invalid',
    webRoot: '/nowhere/web',
    version: '0.0.0-test',
  };
}

/** No cloud, no emulator, no log. */
export function testParts(): BridgeParts {
  return {
    directoryOriginOf: () => null,
    demo: () => null,
    log: createLogger({ level: 'silent' }),
  };
}
