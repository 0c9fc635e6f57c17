import { copyFile, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { ROOT } from '../web-build.ts';

export interface InstallSize {
  readonly packages: number;
  /** Sum of the files' sizes, not of the blocks that they take. */
  readonly bytes: number;
}

/** Installs as the Dockerfile does, into a folder that goes again, and counts. */
export async function productionInstall(): Promise<InstallSize> {
  const folder = await mkdtemp(join(tmpdir(), 'production-install-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      await copyFile(join(ROOT, file), join(folder, file));
    const code = await runCommand('npm', ['ci', '--omit=dev', '--omit=optional', '--silent'], {
      cwd: folder,
    });
    if (code !== 0) throw new Error(`npm ci failed with code ${code}`);
    return { packages: await countPackages(folder), bytes: await sizeOf(join(folder, 'node_modules')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function countPackages(folder: string): Promise<number> {
  const list: unknown = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
  if (typeof list !== 'object' || list === null || !('packages' in list))
    throw new Error('npm left no list of packages');
  return Object.keys(list.packages ?? {}).length;
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => stat(join(entry.parentPath, entry.name)));
  return (await Promise.all(files)).reduce((total, { size }) => total + size, 0);
}
