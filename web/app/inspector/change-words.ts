import {
  CONVERSATION_NOTIFICATION,
  isConversationChange,
  isMessageChange,
  type ConversationChange,
  type MessageChange,
  type NotificationChange,
} from '#protocol/webhook-notification';

import { closedWords, differenceWords, stateWords } from './conversation-difference';
import { sequenceRanges } from './sequence-ranges';

/** What kind of event the change carries, short enough for a column. @see PROTOCOL.md §8.3 */
export function eventType(notificationType: string, change: NotificationChange): string {
  if (isMessageChange(change)) return change.event.type;
  return notificationType === CONVERSATION_NOTIFICATION ? 'ExConversationChange' : notificationType;
}

/** What the change says, in one line. @param before The state that it takes the place of, where it brings one. */
export function changeSummary(change: NotificationChange, before: ConversationChange | null = null): string {
  if (isConversationChange(change)) {
    return before === null ? conversationSummary(change) : differenceWords(before, change);
  }
  return isMessageChange(change) ? messageSummary(change) : $localize`of a form that is not known here`;
}

function messageSummary({ event, messageAudience }: MessageChange): string {
  const isPrivate = messageAudience === 'AGENTS_AND_MANAGERS';
  return (isPrivate ? $localize`for agents only: ` : '') + eventSummary(event);
}

/** What an event says, in one line. */
export function eventSummary(event: MessageChange['event']): string {
  switch (event.type) {
    case 'ContentEvent':
      return contentSummary(event['contentType'], event['message']);
    case 'RichContentEvent':
      return $localize`structured content`;
    case 'ChatStateEvent':
      return word(event['chatState']);
    case 'AcceptStatusEvent':
      return `${word(event['status'])} ${sequenceRanges(event['sequenceList'])}`;
    default:
      return event.type;
  }
}

function contentSummary(contentType: unknown, message: unknown): string {
  if (typeof message === 'string') return message.trim().replace(/\s+/g, ' ');
  return contentType === 'hosted/file' ? fileSummary(message) : word(contentType);
}

/** By the name that it was given, else by its kind. */
function fileSummary(file: unknown): string {
  const { caption, fileType }: { readonly caption?: unknown; readonly fileType?: unknown } =
    typeof file === 'object' && file !== null ? file : {};
  const name = [caption, fileType].find((part) => typeof part === 'string' && part !== '');
  return typeof name === 'string' ? $localize`file “${name}”` : $localize`file`;
}

function conversationSummary({ result }: ConversationChange): string {
  const details = result.conversationDetails;
  const { participants, dialogs } = details;
  const roles = (participants ?? []).map(({ role }) => role).join(', ');
  const survey = (dialogs ?? []).some((dialog) => dialog.dialogType === 'POST_SURVEY')
    ? $localize`survey`
    : '';
  return [stateWords(details), closedWords(details), survey, roles].filter((part) => part !== '').join(' · ');
}

const word = (value: unknown): string => (typeof value === 'string' ? value : $localize`nothing`);
