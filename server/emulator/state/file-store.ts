import type { FileShelf, StoredFile } from './file-shelf.ts';

export interface FileStoreLimits {
  readonly mostFiles: number;
  readonly mostBytes: number;
}

/** Enough for any demo or test; keeps a stream of uploads from filling memory or disk. */
export const DEFAULT_FILE_LIMITS: FileStoreLimits = { mostFiles: 1000, mostBytes: 256 * 1024 * 1024 };

/** The object store of shared files. Beyond its limits it forgets the oldest. @see PROTOCOL.md §7 */
export class FileStore {
  /** Sizes by path, oldest first. */
  private readonly sizes = new Map<string, number>();
  private readonly shelf: FileShelf;
  private readonly limits: FileStoreLimits;
  private totalBytes = 0;

  constructor(shelf: FileShelf, limits: FileStoreLimits = DEFAULT_FILE_LIMITS) {
    this.shelf = shelf;
    this.limits = limits;
    for (const { path, sizeBytes } of shelf.list()) this.count(path, sizeBytes);
  }

  async get(path: string): Promise<StoredFile | null> {
    return this.sizes.has(path) ? this.shelf.read(path) : null;
  }

  /** Replaces what lay there before. */
  async put(path: string, file: StoredFile): Promise<void> {
    await this.shelf.write(path, file);
    this.count(path, file.bytes.byteLength);
    for (const oldest of this.sizes.keys()) {
      if (!this.isTooFull()) return;
      await this.remove(oldest);
    }
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    for (const path of [...this.sizes.keys()]) await this.remove(path);
  }

  private async remove(path: string): Promise<void> {
    this.totalBytes -= this.sizes.get(path) ?? 0;
    this.sizes.delete(path);
    await this.shelf.remove(path);
  }

  private count(path: string, sizeBytes: number): void {
    this.totalBytes += sizeBytes - (this.sizes.get(path) ?? 0);
    this.sizes.delete(path);
    this.sizes.set(path, sizeBytes);
  }

  private isTooFull(): boolean {
    return this.sizes.size > this.limits.mostFiles || this.totalBytes > this.limits.mostBytes;
  }
}
