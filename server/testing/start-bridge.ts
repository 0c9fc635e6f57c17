import { startBridge, type Bridge } from '../bridge/bridge.ts';
import type { BridgeParts } from '../bridge/bridge-parts.ts';
import type { BridgeConfig } from '../bridge/config/bridge-config.ts';
import { createLogger } from '../bridge/logging/loggers.ts';

export const TEST_SECRET = 'a-secret-for-specs-of-more-than-32-characters';

/** A bridge on any free port that keeps everything in memory, unless the spec says otherwise. */
export function startTestBridge(
  parts: Partial<BridgeParts> = {},
  config: Partial<BridgeConfig> = {},
): Promise<Bridge> {
  return startBridge(
    {
      host: '127.0.0.1',
      port: 0,
      trustedProxies: 'loopback',
      dataDir: ':memory:',
      sessionSecret: TEST_SECRET,
      directoryHost: 'directory.invalid',
      directoryHostQa: 'directory-qa.invalid',
      webRoot: '/nowhere/web',
      version: '0.0.0-test',
      ...config,
    },
    {
      directoryOriginOf: () => null,
      demo: () => null,
      log: createLogger({ level: 'silent' }),
      ...parts,
    },
  );
}
