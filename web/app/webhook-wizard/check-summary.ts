import type { WebhookEventType } from '#protocol/app-installation';

import { LANGUAGE } from '../ui/language';
import type { CheckItem } from './check-item';
import { isFine, isWaiting } from './check-items';

/** How the check went as a whole. */
export interface CheckSummary {
  readonly tone: 'ok' | 'info' | 'warn' | 'danger';
  readonly words: string;
  /** What it means for the chat; `null` where nothing stands in its way. */
  readonly outlook: string | null;
  /** What a person does now: mend and check again, or go into the chat. */
  readonly next: 'again' | 'chat';
}

/** The sentence above the lines: how many need somebody, and whether a conversation can be held all the same. */
export function summaryOf(items: readonly CheckItem[]): CheckSummary {
  const open = items.filter((item) => !isFine(item));
  const faults = open.filter((item) => !isWaiting(item));
  if (open.length === 0) {
    const outlook = leftOutWords(items.filter(isLeftOut));
    return { tone: 'ok', words: $localize`Everything is in place.`, outlook, next: 'chat' };
  }
  if (faults.length === 0) return { tone: 'info', words: NOTHING_WRONG, outlook: null, next: 'chat' };
  const words =
    faults.length === 1
      ? $localize`One thing is not in place.`
      : $localize`${faults.length} things are not in place.`;
  return { words, ...outlookOf(items, faults) };
}

function outlookOf(
  items: readonly CheckItem[],
  faults: readonly CheckItem[],
): Pick<CheckSummary, 'tone' | 'outlook' | 'next'> {
  const isStopped = faults.some(({ stopsConversations }) => stopsConversations === true);
  if (isStopped) return { tone: 'danger', outlook: STOPPED, next: 'again' };
  if (faults.some(({ id }) => id === 'secret-renewed')) {
    return { tone: 'warn', outlook: RENEWED, next: 'again' };
  }
  if (!items.some(({ arrives }) => arrives === true)) {
    return { tone: 'danger', outlook: NOTHING_ARRIVES, next: 'again' };
  }
  const missing = items.filter(({ arrives }) => arrives === false);
  const isChatEmpty = missing.some(({ id }) => id === MESSAGES);
  return { tone: 'warn', outlook: withoutWords(missing), next: isChatEmpty ? 'again' : 'chat' };
}

function withoutWords(missing: readonly CheckItem[]): string {
  if (missing.length === 0) return ALL_ARRIVE;
  return $localize`You can open the chat, but these do not arrive here: ${namesOf(missing)}.`;
}

/** Without them a chat shows nothing that anybody wrote. */
const MESSAGES: WebhookEventType = 'ms.MessagingEventNotification.ContentEvent';

const namesOf = (items: readonly CheckItem[]): string => AND.format(items.map(({ title }) => title));

const AND = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });

const NOTHING_WRONG = $localize`Nothing is wrong, but read what is marked.`;
const STOPPED = $localize`No conversation can be opened before that is mended. The chat still shows earlier ones.`;
const RENEWED = $localize`This server knows the newer secret now: run the check again.`;
const ALL_ARRIVE = $localize`You can open the chat all the same: every kind of notification arrives here.`;
const NOTHING_ARRIVES = $localize`No notification arrives here: the chat would show only what you send.`;

const leftOutWords = (leftOut: readonly CheckItem[]): string | null =>
  leftOut.length === 0 ? null : $localize`Without an endpoint, and so not sent: ${namesOf(leftOut)}.`;

const isLeftOut = ({ tone }: CheckItem): boolean => tone === 'neutral';
