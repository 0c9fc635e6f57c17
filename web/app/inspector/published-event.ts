import { asDialogId, type DialogId } from '#protocol/identifiers';

/** An event that was published, as it can be published again. */
export interface PublishedEvent {
  readonly dialogId: DialogId;
  readonly event: Readonly<Record<string, unknown>>;
}

/** Reads the event from the body of a request of the Connector API; `null` when it publishes none. @see PROTOCOL.md §6.3 */
export function publishedEvent(body: unknown): PublishedEvent | null {
  if (!isRecord(body) || body['type'] !== 'ms.PublishEvent' || !isRecord(body['body'])) return null;
  const { dialogId, event } = body['body'];
  return typeof dialogId === 'string' && isRecord(event) ? { dialogId: asDialogId(dialogId), event } : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
