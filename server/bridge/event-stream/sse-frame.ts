import { STREAM_EVENTS } from '#protocol/bridge-events';

import { entryJson, type StoredEntry } from '../event-store/event-store.ts';

/** One server-sent event. */
export function sseFrame(event: string, data: string, id?: number): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}

/** An entry on the stream. */
export function entryFrame(entry: StoredEntry): string {
  return sseFrame(STREAM_EVENTS.entry, entryJson(entry), entry.sequence);
}
