import type { StoredEntry } from '../event-store/event-store.ts';
import { entryFrame } from './sse-frame.ts';

/** Frames of entries that go out together: the same bytes for every reader, in one write of the system. */
export interface StreamChunk {
  readonly bytes: Buffer;
  readonly count: number;
  /** Sequence of its last entry. */
  readonly last: number;
}

/**
 * A reader that takes nothing keeps one chunk in memory; an entry larger than this is one by itself. In characters: as many
 * bytes of plain English, at most three times as many of other scripts.
 */
const CHUNK_LENGTH = 64 * 1024;

export function toChunks(entries: readonly StoredEntry[]): readonly StreamChunk[] {
  const chunks: StreamChunk[] = [];
  let frames = '';
  let count = 0;
  for (const [index, entry] of entries.entries()) {
    frames += entryFrame(entry);
    count += 1;
    if (frames.length < CHUNK_LENGTH && index < entries.length - 1) continue;
    // One buffer for all of them and none for each: thousands of small ones are what takes the collector of garbage longest.
    chunks.push({ bytes: Buffer.from(frames), count, last: entry.sequence });
    frames = '';
    count = 0;
  }
  return chunks;
}
