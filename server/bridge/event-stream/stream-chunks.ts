import type { StoredEntry } from '../event-store/event-store.ts';
import { entryFrame } from './sse-frame.ts';

/** Frames of entries that go out together: the same bytes for every reader, in one write of the system. */
export interface StreamChunk {
  readonly bytes: Buffer;
  readonly count: number;
  /** Sequence of its last entry. */
  readonly last: number;
}

/** A reader that takes nothing keeps one chunk in memory; an entry larger than this is one by itself. */
const CHUNK_BYTES = 64 * 1024;

export function toChunks(entries: readonly StoredEntry[]): readonly StreamChunk[] {
  const chunks: StreamChunk[] = [];
  let frames: Buffer[] = [];
  let sizeBytes = 0;
  for (const [index, entry] of entries.entries()) {
    const frame = entryFrame(entry);
    frames.push(frame);
    sizeBytes += frame.length;
    if (sizeBytes < CHUNK_BYTES && index < entries.length - 1) continue;
    const bytes = frames.length === 1 ? frame : Buffer.concat(frames);
    chunks.push({ bytes, count: frames.length, last: entry.sequence });
    frames = [];
    sizeBytes = 0;
  }
  return chunks;
}
