import type { Metadata } from '#protocol/connector/events';
import type { MessageChange } from '#protocol/webhook-notification';

import type { HistoryMessage } from '../upstream/history-record.ts';

type Event = MessageChange['event'];

/** The event that became a message of the history; a type nobody knows here keeps its name and its data. */
export function historyEvent(message: HistoryMessage): Event {
  const { messageData } = message;
  const content = contentOf(message);
  const replies = messageData.quickReplies?.content;
  return replies === undefined ? content : { ...content, quickReplies: parsed(replies) };
}

function contentOf({ type, messageData }: HistoryMessage): Event {
  switch (type) {
    case 'TEXT_PLAIN':
    case 'TEXT_HTML':
      return { type: 'ContentEvent', contentType: 'text/plain', message: messageData.msg?.text ?? '' };
    case 'HOSTED_FILE':
      return { type: 'ContentEvent', contentType: 'hosted/file', message: messageData.file ?? {} };
    case 'RICH_CONTENT':
      return { type: 'RichContentEvent', content: parsed(messageData.richContent?.content ?? null) };
    default:
      return { type: 'ContentEvent', contentType: type, message: messageData };
  }
}

/** What was sent along with the message; `null` where nothing was. @see PROTOCOL.md §12.5 */
export function historyMetadata({ contextData }: HistoryMessage): Metadata | null {
  const metadata = parsed(contextData?.rawMetadata);
  return isMetadata(metadata) ? metadata : null;
}

const isMetadata = (value: unknown): value is Metadata =>
  Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null);

/** JSON within a text, as history keeps it; what is no JSON stays what it is. @see PROTOCOL.md §9.2 */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // Shown as content that cannot be read, as it is when a webhook brings it.
    return value;
  }
}
