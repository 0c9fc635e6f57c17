import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps it where only root's PATH looks. */
const FOLDERS = [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
];

/** The installed Nginx; `undefined` when there is none. Its test needs a POSIX system. */
export function findNginx(): string | undefined {
  if (process.platform === 'win32') return undefined;
  return FOLDERS.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file));
}
