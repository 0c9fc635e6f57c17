import { WEBHOOK_PATH } from '../bridge/webhook-endpoints';
import { saveText } from '../ui/save-text';
import { toHar } from './har';
import type { ExportedList, InspectorStore } from './inspector-store';

/** The formats in which a list can be saved. */
export type ListFormat = 'json' | 'har';

interface Saved {
  readonly store: InspectorStore;
  readonly list: ExportedList;
  /** Of this program; empty while it is not known. */
  readonly version: string;
}

/** Saves what a list shows. */
export function saveList(format: ListFormat, { store, list, version }: Saved): void {
  const webhookUrl = location.origin + WEBHOOK_PATH;
  const text =
    format === 'json'
      ? store.exportOf(list)
      : JSON.stringify(toHar(store.entriesOf(list), { webhookUrl, version }), null, 2);
  saveText(`${list}-${store.conversationId() ?? 'all'}.${format}`, text);
}
