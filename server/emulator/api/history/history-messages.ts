import type { Account } from '../../state/account-state.ts';
import type { ConversationRecord, RecordedMessage, RecordedStatus } from '../../state/conversation-record.ts';
import { agentNamed, timeText } from './history-words.ts';

/** What people wrote, in the order of its arrival. @see PROTOCOL.md §9.2 */
export const messageRecords = (account: Account, record: ConversationRecord): readonly object[] =>
  record.messages.map((message) => messageRecord(account, record, message));

function messageRecord(account: Account, record: ConversationRecord, message: RecordedMessage): object {
  const { sequence, dialogId, at, event, audience, metadata } = message;
  return {
    type: messageType(event),
    messageData: messageData(event),
    messageId: messageId(record, message),
    seq: sequence,
    dialogId,
    participantId: participantId(account, message),
    source: 'APP',
    time: timeText(at),
    timeL: at,
    device: 'NA',
    sentBy: sentBy(message),
    audience,
    ...(metadata && metadata.length > 0 && { contextData: contextData(metadata) }),
  };
}

/** What participants said about the messages of others. Always a list. @see PROTOCOL.md §9.2 */
export const messageStatuses = (account: Account, record: ConversationRecord): readonly object[] =>
  record.statuses.map((status) => ({
    messageId: messageId(record, status),
    seq: status.sequence,
    time: timeText(status.at),
    timeL: status.at,
    participantId: participantId(account, status),
    participantType: sentBy(status),
    messageDeliveryStatus: status.status,
    dialogId: status.dialogId,
  }));

type Said = Pick<RecordedStatus, 'dialogId' | 'sequence' | 'by' | 'isByConsumer'>;

/** The MAIN dialog bears the conversation's name; every dialog counts from 0, so the others bear their own. */
const messageId = ({ id }: ConversationRecord, { dialogId, sequence }: Said): string =>
  String(dialogId) === String(id)
    ? `ms::conv:${id}::msg:${sequence}`
    : `ms::dialog:${dialogId}::msg:${sequence}`;

const participantId = (account: Account, { by, isByConsumer }: Said): string =>
  isByConsumer ? by : agentNamed(account, by).id;

const sentBy = ({ isByConsumer }: Said): string => (isByConsumer ? 'Consumer' : 'Agent');

type Event = RecordedMessage['event'];

/** The type of a message as history calls it; also what one may search for. @see PROTOCOL.md §9.2 */
export function messageType(event: Event): string {
  if (event.type === 'RichContentEvent') return 'RICH_CONTENT';
  return event['contentType'] === 'hosted/file' ? 'HOSTED_FILE' : 'TEXT_PLAIN';
}

/** What was written, `null` when it was no text. */
export function messageText(event: Event): string | null {
  const text = event['message'];
  return messageType(event) === 'TEXT_PLAIN' && typeof text === 'string' ? text : null;
}

/** Rich content and quick replies are JSON within a text. @see PROTOCOL.md §9.2 */
function messageData(event: Event): object {
  const { content, quickReplies, message } = event;
  const replies = quickReplies !== undefined && { quickReplies: { content: JSON.stringify(quickReplies) } };
  switch (messageType(event)) {
    case 'RICH_CONTENT':
      return { richContent: { content: JSON.stringify(content) }, ...replies };
    case 'HOSTED_FILE':
      return { file: message, ...replies };
    default:
      return { msg: { text: messageText(event) ?? '' }, ...replies };
  }
}

/** @see PROTOCOL.md §9.2, §12.5 */
function contextData(metadata: NonNullable<RecordedMessage['metadata']>): object {
  const structuredMetadata = metadata.flatMap(({ type, ...members }): readonly object[] => {
    if (type === 'BotResponse') return [{ botResponse: members }];
    return type === 'ActionReason' ? [{ actionReason: { reason: members['reason'] } }] : [];
  });
  return { rawMetadata: JSON.stringify(metadata), structuredMetadata };
}
