import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { StartError } from './start-error.ts';

const SECRET_FILE = 'session-secret';

/** Makes sure that the folder exists and can be written. @throws StartError when it cannot */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StartError(`DATA_DIR ${folder} cannot be written (${reason})`);
  }
}

/** Where the folder keeps its secret. */
export const secretFileIn = (folder: string): string => join(folder, SECRET_FILE);

/** The secret kept in the folder from an earlier start, or a new one, readable by this user only. */
export function sessionSecretIn(folder: string): string {
  const file = secretFileIn(folder);
  try {
    // `wx` refuses to overwrite, so two starts at the same time agree on one secret.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new StartError(`${file} cannot be written: ${String(error)}`);
    }
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new StartError(`${file} holds no usable secret; delete it to have one made`);
  return secret;
}
