import { dayOf } from '../ui/time-words';
import type { Echo, Message } from './message';
import { missingEchoOf, type MissingEcho } from './missing-echo';

/** One line of the message list. */
export type MessageRow =
  | { readonly kind: 'day'; readonly id: string; readonly at: number }
  | { readonly kind: 'survey'; readonly id: string }
  /** What is below came while nobody looked. */
  | { readonly kind: 'unread'; readonly id: string }
  | {
      readonly kind: 'message';
      readonly id: string;
      readonly message: Message;
      /** Stands close below the one before: same author, within a minute. */
      readonly isContinued: boolean;
      /** Of the same group, but more than a line of text lies between the two: a footer, a card, a picture. */
      readonly isApart: boolean;
      /** Says who and when below it: the last of its group, and one whose state differs from the next. */
      readonly hasFooter: boolean;
      /** The newest of those whose notification never came says what that means, and what to do; else `null`. */
      readonly missingEcho: MissingEcho | null;
    };

const GROUP_MS = 60_000;

/** The list's lines: messages in groups, a line where a day, the survey and what is unread begins. */
export function messageRows(
  messages: readonly Message[],
  mainDialogId: string,
  firstUnread: string | null = null,
): readonly MessageRow[] {
  const advised = messages.findLast(({ delivery }) => delivery?.echo === 'missing');
  const adviceOn = (message: Message): MissingEcho | null =>
    message === advised ? missingEchoOf(message, messages) : null;
  return messages.flatMap((message, at): MessageRow[] => {
    const before = messages[at - 1];
    const after = messages[at + 1];
    const rows: MessageRow[] = [];
    if (before === undefined || dayOf(before.at) !== dayOf(message.at)) {
      rows.push({ kind: 'day', id: `day ${dayOf(message.at)} ${message.id}`, at: message.at });
    }
    if (before !== undefined && before.dialogId !== message.dialogId && message.dialogId !== mainDialogId) {
      rows.push({ kind: 'survey', id: `survey ${message.dialogId}` });
    }
    if (message.id === firstUnread) rows.push({ kind: 'unread', id: 'unread' });
    rows.push({
      ...{ kind: 'message', id: message.id, message },
      isContinued: before !== undefined && message.id !== firstUnread && isGroup(before, message),
      isApart: before !== undefined && isApart(before, message),
      hasFooter: isLast(message, after),
      missingEcho: adviceOn(message),
    });
    return rows;
  });
}

const isApart = (one: Message, next: Message): boolean => isLast(one, next) || !isText(one) || !isText(next);

const isText = ({ content, quickReplies }: Message): boolean => content.kind === 'text' && !quickReplies;

const isLast = (message: Message, after: Message | undefined): boolean =>
  after === undefined || !isGroup(message, after) || !isSameState(message, after);

function isGroup(one: Message, next: Message): boolean {
  return (
    one.isOwn === next.isOwn &&
    one.authorId === next.authorId &&
    one.dialogId === next.dialogId &&
    dayOf(one.at) === dayOf(next.at) &&
    Math.abs(next.at - one.at) < GROUP_MS
  );
}

const isSameState = (one: Message, next: Message): boolean =>
  one.delivery?.state === next.delivery?.state &&
  isEchoPlain(one) &&
  isEchoPlain(next) &&
  one.isFromHistory === next.isFromHistory &&
  one.delivery?.state !== 'failed';

/** An own message whose notification did not come says so, and nobody else does in its place. */
const isEchoPlain = ({ delivery }: Message): boolean =>
  typeof delivery?.clientMessageId !== 'string' || !UNUSUAL.has(delivery.echo);

const UNUSUAL: ReadonlySet<Echo> = new Set(['missing', 'recorded']);
