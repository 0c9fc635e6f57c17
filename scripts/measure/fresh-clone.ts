import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from '../web-build.ts';

/**
 * Runs `use` in a copy of what a clone would hold, plus what is not committed yet: nothing installed, nothing built, and
 * an npm cache of its own that is empty.
 */
export async function withFreshClone<Result>(
  use: (folder: string, env: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const parent = await mkdtemp(join(tmpdir(), 'fresh-clone-'));
  const folder = join(parent, 'clone');
  try {
    for (const path of clonedFiles()) await cp(join(ROOT, path), join(folder, path));
    return await use(folder, { npm_config_cache: join(parent, 'npm-cache'), PATH: pathOfATerminal() });
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

/** npm puts this project's programs, its pinned Node among them, first on the PATH of what it runs: a new clone has none. */
function pathOfATerminal(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !folder.includes('node_modules')).join(delimiter);
}

function clonedFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  return list.toString().split('\0').filter(Boolean);
}
