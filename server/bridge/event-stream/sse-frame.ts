import { STREAM_EVENTS } from '#protocol/bridge-events';

import { entryJson, type StoredEntry } from '../event-store/event-store.ts';

/** One server-sent event. */
export function sseFrame(event: string, data: string, id?: number): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}

const framed = new WeakMap<StoredEntry, Buffer>();

/** The bytes of an entry on the stream: made once, the same for every reader that gets this entry. */
export function entryFrame(entry: StoredEntry): Buffer {
  const known = framed.get(entry);
  if (known !== undefined) return known;
  const frame = Buffer.from(sseFrame(STREAM_EVENTS.entry, entryJson(entry), entry.sequence));
  framed.set(entry, frame);
  return frame;
}
