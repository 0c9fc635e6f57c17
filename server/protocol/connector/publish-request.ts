import { asConversationId, asDialogId, type ConversationId, type DialogId } from '#protocol/identifiers';
import type { ConnectorRequest } from './envelope.ts';
import type { ContentEvent, MessagingEvent, Metadata, RawEvent } from './events.ts';

/**
 * A request to send may not be longer, in characters of its JSON: UTF-16 units, whatever they take as bytes. Files are spared.
 *
 * @see PROTOCOL.md §6.6, §14.1 #20
 */
export const MAX_REQUEST_CHARACTERS = 5_000;

/** Where something is published. */
export interface PublishingPlace {
  readonly conversationId: ConversationId;
  readonly dialogId: DialogId;
}

export interface Publication extends PublishingPlace {
  readonly event: MessagingEvent | RawEvent;
  readonly metadata?: Metadata | undefined;
}

/** @see PROTOCOL.md §6.3; `conversationId` is needed in dialogs other than the main one, and right in all. */
export function publishRequest(
  id: string,
  { conversationId, dialogId, event, metadata }: Publication,
): ConnectorRequest {
  return {
    ...{ kind: 'req', id, type: 'ms.PublishEvent', body: { dialogId, conversationId, event } },
    ...(metadata !== undefined && { metadata }),
  };
}

/** @see PROTOCOL.md §6.3.1 */
export const textEvent = (text: string): ContentEvent => ({
  type: 'ContentEvent',
  contentType: 'text/plain',
  message: text,
});

/**
 * By how many characters the request that publishes a text would be too long; 0 where it fits.
 *
 * @param place `null`: in a conversation that is still to be opened
 */
export function textExcess(text: string, place: PublishingPlace | null, metadata?: Metadata): number {
  const publication = { ...(place ?? UNOPENED), event: textEvent(text), metadata };
  return Math.max(0, JSON.stringify(publishRequest(A_UUID, publication)).length - MAX_REQUEST_CHARACTERS);
}

/** Requests are named by UUIDs, and so are conversations and their main dialogs: any is as long as any other. */
const A_UUID = '00000000-0000-4000-8000-000000000000';
const UNOPENED: PublishingPlace = { conversationId: asConversationId(A_UUID), dialogId: asDialogId(A_UUID) };
