import type { ContentEvent, Metadata, RichContentEvent } from '#protocol/connector/events';
import type { DialogId } from '#protocol/identifiers';

import type { PublishedEvent } from '../state/conversation-commands.ts';
import type { Occurrence } from '../state/conversations.ts';

/** What a consumer did that may be answered: wrote something, or used an element of structured content. @see PROTOCOL.md §12.4 */
export interface ConsumerInput {
  readonly sequence: number;
  /** `null`: an element was used. */
  readonly event: ContentEvent | RichContentEvent | null;
  readonly metadata: Metadata;
}

/** What the consumer did in this dialog; `null` when it was somebody else, elsewhere, or nothing to answer. */
export function consumerInput(
  { conversation, command, sequence }: Occurrence,
  dialogId: DialogId,
): ConsumerInput | null {
  if (command?.type !== 'publish' || command.dialogId !== dialogId || sequence === null) return null;
  if (command.by !== conversation.consumerId) return null;
  const { event, metadata = [] } = command;
  const message = isMessage(event) ? event : null;
  return message || isUse(event) ? { sequence, event: message, metadata } : null;
}

const isMessage = (event: PublishedEvent): event is ContentEvent | RichContentEvent =>
  event.type === 'ContentEvent' || event.type === 'RichContentEvent';

const isUse = (event: PublishedEvent): boolean =>
  event.type === 'AcceptStatusEvent' && event.status === 'ACTION';
