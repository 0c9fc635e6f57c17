import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps PEM texts by file name. */
export interface PemShelf {
  /** `null` when there is none. */
  read(name: string): string | null;
  write(name: string, pem: string, visibility: 'public' | 'private'): void;
  /** Path at which a program can read the text; `null` when it is in memory only. */
  fileOf(name: string): string | null;
}

/** For emulators that keep nothing. */
export function memoryShelf(): PemShelf {
  const texts = new Map<string, string>();
  return {
    read: (name) => texts.get(name) ?? null,
    write: (name, pem) => void texts.set(name, pem),
    fileOf: () => null,
  };
}

const MODES = { public: 0o644, private: 0o600 } as const;

/** @throws Error that names the file when the folder cannot be read or written. */
export function folderShelf(folder: string): PemShelf {
  return {
    read: (name) => readIfThere(join(folder, name)),
    write: (name, pem, visibility) => {
      const file = join(folder, name);
      try {
        mkdirSync(folder, { recursive: true });
        // Renamed into place, so that nobody ever reads half a file.
        writeFileSync(`${file}.new`, pem, { mode: MODES[visibility] });
        renameSync(`${file}.new`, file);
      } catch (error) {
        throw new Error(`The emulator cannot write ${file} (${codeOf(error)})`, { cause: error });
      }
    },
    fileOf: (name) => join(folder, name),
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new Error(`The emulator cannot read ${file} (${codeOf(error)})`, { cause: error });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
