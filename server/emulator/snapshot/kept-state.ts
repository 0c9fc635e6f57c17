import { join } from 'node:path';

import type { Cloud } from '../cloud.ts';
import type { EmulatorLog } from '../emulator-log.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import { restoreSnapshot, takeSnapshot } from './cloud-snapshot.ts';
import { loadSnapshot } from './snapshot-file.ts';
import { StateKeeper } from './state-keeper.ts';

/** What an emulator keeps over its restarts. */
export interface KeptState {
  /** The key whose tokens are still about; `null`: there is none. */
  readonly key: SigningKey | null;
  /** Gives the cloud what was kept, and keeps from now on what becomes of it. */
  attach(cloud: Cloud): void;
  /** Something may have changed. */
  touch(): void;
  /** Writes what has not been written yet. */
  close(): Promise<void>;
}

/** @param folder Where `state.json` lies; `null`: nothing is kept. */
export async function openKeptState(folder: string | null, log: EmulatorLog): Promise<KeptState> {
  if (folder === null) return KEEPS_NOTHING;
  const file = join(folder, 'state.json');
  const kept = await loadSnapshot(file, log);
  let keeper: StateKeeper | null = null;
  return {
    key: kept?.key ?? null,
    attach: (cloud) => {
      if (kept) restoreSnapshot(cloud, kept);
      const rules = cloud.faults.inForce;
      if (rules > 0) log.warn({ rules }, 'fault rules were kept and are in force');
      const content = (): string => JSON.stringify(takeSnapshot(cloud), null, 2);
      keeper = new StateKeeper({ file, content, log });
    },
    touch: () => keeper?.touch(),
    close: async () => keeper?.close(),
  };
}

const KEEPS_NOTHING: KeptState = {
  key: null,
  attach: () => undefined,
  touch: () => undefined,
  close: () => Promise.resolve(),
};
