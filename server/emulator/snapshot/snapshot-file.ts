import { existsSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { EmulatorLog } from '../emulator-log.ts';
import { readSnapshot } from './cloud-snapshot.ts';
import type { SnapshotReading } from './cloud-snapshot.ts';

/**
 * The snapshot that lies in the file; `null` when there is none that can be used. A file that is torn, foreign or of
 * another version is put aside under another name, so that nothing is lost and the start goes on.
 */
export async function loadSnapshot(
  file: string,
  log: EmulatorLog,
): Promise<Exclude<SnapshotReading, { problem: string }> | null> {
  const reading = await readFile(file);
  if (reading === null) return null;
  if (!('problem' in reading)) return reading;
  const aside = putAside(file);
  log.warn({ file, aside, problem: reading.problem }, 'emulator state cannot be used and was put aside');
  return null;
}

async function readFile(file: string): Promise<SnapshotReading | null> {
  try {
    return await readSnapshot(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The name that the file has now; `null`: it could not be moved, and will be written over. */
function putAside(file: string): string | null {
  for (let number = 1; number < 1000; number += 1) {
    const aside = `${file}.unreadable-${number}`;
    if (existsSync(aside)) continue;
    try {
      renameSync(file, aside);
      return aside;
    } catch {
      // The line in the log says that it stays where it is.
      return null;
    }
  }
  return null;
}

/** Writes the whole file or nothing: a reader never meets half of it. Only its owner may read it, for it holds secrets. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}
