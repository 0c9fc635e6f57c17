import { statSync, statfsSync } from 'node:fs';
import { isIP } from 'node:net';

import { secretFileIn, sessionSecretIn } from './data-folder.ts';
import { StartError } from './start-error.ts';

export interface SecretSettings {
  readonly host: string;
  /** `SESSION_SECRET`; `null`: one is kept in the data folder. */
  readonly given: string | null;
  readonly dataDir: string;
  /** Whether the folder is gone after the next start of the machine. */
  readonly isInMemory?: (folder: string) => boolean;
}

/**
 * The secret in force. Where other machines can reach the bridge, one that would get lost or that others can read is no
 * secret, and the bridge does not start with it.
 *
 * @throws StartError
 */
export function sessionSecretFor(settings: SecretSettings): string {
  const { host, given, dataDir, isInMemory = isOnMemoryDisk } = settings;
  if (given !== null) return given;
  const isPublic = !isLoopback(host);
  if (isPublic && isInMemory(dataDir)) {
    throw new StartError(
      `HOST ${host} can be reached from other machines, and DATA_DIR ${dataDir} is kept in memory only: ` +
        'set SESSION_SECRET (32 characters or more), or put DATA_DIR on a disk or volume',
    );
  }
  const secret = sessionSecretIn(dataDir);
  if (isPublic && isReadableByOthers(secretFileIn(dataDir))) {
    throw new StartError(
      `HOST ${host} can be reached from other machines, and ${secretFileIn(dataDir)} can be read by other users: ` +
        'take their rights away (chmod 600) or set SESSION_SECRET',
    );
  }
  return secret;
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === 'localhost' || name === '::1' || name.startsWith('::ffff:127.');
}

/** Linux' numbers for tmpfs and ramfs. */
const MEMORY_DISKS = new Set([0x01021994, 0x858458f6]);

function isOnMemoryDisk(folder: string): boolean {
  return process.platform === 'linux' && MEMORY_DISKS.has(statfsSync(folder).type);
}

function isReadableByOthers(file: string): boolean {
  // Windows has other rights than these three digits.
  return process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
}
