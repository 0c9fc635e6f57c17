import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import * as v from 'valibot';

import { FILES_ROOT, partsOfFilePath } from './file-urls.ts';
import { randomHex } from './identity.ts';

/** A file as it was uploaded. */
export interface StoredFile {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** Where files lie. Paths are those of the object store. */
export interface FileShelf {
  /** What lies here from earlier, oldest first. */
  list(): readonly { readonly path: string; readonly sizeBytes: number }[];
  read(path: string): Promise<StoredFile | null>;
  write(path: string, file: StoredFile): Promise<void>;
  remove(path: string): Promise<void>;
}

/** For emulators that keep nothing. */
export function memoryFileShelf(): FileShelf {
  const files = new Map<string, StoredFile>();
  return {
    list: () => [],
    read: (path) => Promise.resolve(files.get(path) ?? null),
    write: (path, file) => Promise.resolve(void files.set(path, file)),
    remove: (path) => Promise.resolve(void files.delete(path)),
  };
}

const descriptionSchema = v.object({ contentType: v.string() });
const DESCRIPTION = '.json';

/**
 * Keeps each file as it is, to be looked at, in a folder per account; its content type lies beside it.
 *
 * @throws Error that names the folder when it cannot be used.
 */
export function folderFileShelf(folder: string): FileShelf {
  const fileOf = (path: string): string => {
    const parts = partsOfFilePath(path);
    if (!parts) throw new Error('no path of the object store');
    return join(folder, parts.account, parts.name);
  };
  prepare(folder);
  return {
    list: () => listed(folder),
    read: async (path) => readStored(fileOf(path)),
    write: async (path, { bytes, contentType }) => {
      const file = fileOf(path);
      await mkdir(dirname(file), { recursive: true });
      await put(file, bytes);
      // Comes last: bytes without a description are none.
      await put(`${file}${DESCRIPTION}`, JSON.stringify({ contentType }));
    },
    remove: async (path) => {
      const file = fileOf(path);
      await rm(`${file}${DESCRIPTION}`, { force: true });
      await rm(file, { force: true });
    },
  };
}

function prepare(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Error(`The emulator cannot use the folder ${folder}`, { cause: error });
  }
}

/** Renamed into place, so that nobody ever reads half a file. */
async function put(file: string, content: Buffer | string): Promise<void> {
  const draft = `${file}.${randomHex(4)}.part`;
  await writeFile(draft, content);
  await rename(draft, file);
}

async function readStored(file: string): Promise<StoredFile | null> {
  try {
    const contentType = contentTypeIn(await readFile(`${file}${DESCRIPTION}`, 'utf8'));
    return contentType === null ? null : { bytes: await readFile(file), contentType };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function contentTypeIn(description: string): string | null {
  try {
    return v.parse(descriptionSchema, JSON.parse(description)).contentType;
  } catch {
    // Changed by hand: the file cannot be served as what it was.
    return null;
  }
}

/** Files by age; what a crash or a hand has left incomplete is removed. */
function listed(folder: string): ReturnType<FileShelf['list']> {
  const found: { path: string; sizeBytes: number; storedAt: number }[] = [];
  for (const account of readdirSync(folder, { withFileTypes: true })) {
    if (!account.isDirectory()) continue;
    const inAccount = join(folder, account.name);
    const names = new Set(readdirSync(inAccount));
    for (const name of names) {
      const path = `${FILES_ROOT}/${account.name}/${name}`;
      if (partsOfFilePath(path) && isComplete(inAccount, name, names)) {
        const { size, mtimeMs } = statSync(join(inAccount, name));
        found.push({ path, sizeBytes: size, storedAt: mtimeMs });
      } else if (name.endsWith('.part') || partsOfFilePath(path)) {
        rmSync(join(inAccount, name), { force: true });
      }
    }
  }
  return found.toSorted((one, other) => one.storedAt - other.storedAt);
}

function isComplete(folder: string, name: string, names: ReadonlySet<string>): boolean {
  const description = `${name}${DESCRIPTION}`;
  return names.has(description) && contentTypeIn(readFileSync(join(folder, description), 'utf8')) !== null;
}
