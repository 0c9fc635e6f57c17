import type { StoredEntry } from '../event-store/event-store.ts';
import { toChunks, type StreamChunk } from './stream-chunks.ts';

/**
 * Frames for the feeds of several people: what is of a whole account comes to all of its feeds in one turn, so what was
 * framed last is at hand for the next of them, the same bytes for all.
 */
export class SharedChunks {
  private entries: readonly StoredEntry[] = [];
  private chunks: readonly StreamChunk[] = [];

  of(entries: readonly StoredEntry[]): readonly StreamChunk[] {
    if (this.isLatest(entries)) return this.chunks;
    const chunks = toChunks(entries);
    // More than one chunk is a burst, and too much to be kept.
    const isKept = chunks.length === 1;
    this.entries = isKept ? entries : [];
    this.chunks = isKept ? chunks : [];
    return chunks;
  }

  private isLatest(entries: readonly StoredEntry[]): boolean {
    return entries.length === this.entries.length && entries.every((entry, i) => entry === this.entries[i]);
  }
}
