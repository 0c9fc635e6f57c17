import type { WebhookEventType } from '#protocol/app-installation';

import { LANGUAGE } from '../ui/language';
import type { Arrival, CheckItem } from './check-item';
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
    const [outlook = null] = saidOf(namesOf(items.filter(isUnsent)), unsentWords);
    return { tone: 'ok', words: $localize`Everything is in place.`, outlook, next: 'chat' };
  }
  if (faults.length === 0) return { tone: 'info', words: NOTHING_WRONG, outlook: null, next: 'chat' };
  const words =
    faults.length === 1
      ? $localize`1 thing is not in place.`
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
  if (!items.some(({ arrival }) => arrival !== undefined && SHOWN.has(arrival))) {
    return { tone: 'danger', outlook: NOTHING_SHOWN, next: 'again' };
  }
  const areMessagesFine = items.every(({ id, arrival }) => id !== MESSAGES || isThere(arrival));
  return { tone: 'warn', outlook: openWords(items), next: areMessagesFine ? 'chat' : 'again' };
}

/** What the chat shows. */
const SHOWN: ReadonlySet<Arrival> = new Set(['fine', 'slow', 'unacknowledged']);

const isThere = (arrival: Arrival | undefined): boolean =>
  arrival === undefined || arrival === 'fine' || arrival === 'slow';

/** Names everything that is counted, by what becomes of it, and after it what is left out. */
function openWords(items: readonly CheckItem[]): string {
  if (items.every(({ arrival }) => isThere(arrival))) return ALL_ARRIVE;
  const others = items.filter((item) => item.arrival === undefined && !isFine(item) && !isWaiting(item));
  const named = (arrival: Arrival): string => namesOf(items.filter((item) => item.arrival === arrival));
  const kinds = [
    ...others.map(({ title, verdict }) => $localize`${verdict}\: ${title}.`),
    ...saidOf(named('refused'), (names) => $localize`Refused here\: ${names}.`),
    ...saidOf(named('lost'), (names) => $localize`Not arriving here\: ${names}.`),
    ...saidOf(named('unacknowledged'), (names) => $localize`Arriving, but not acknowledged\: ${names}.`),
    ...saidOf(named('slow'), (names) => $localize`Slow\: ${names}.`),
    ...saidOf(named('unsent'), unsentWords),
  ];
  return [areMessagesShown(items) ? OPEN : OPEN_BUT_MUTE, ...kinds].join(' ');
}

const areMessagesShown = (items: readonly CheckItem[]): boolean =>
  items.every(({ id, arrival }) => id !== MESSAGES || arrival === undefined || SHOWN.has(arrival));

const saidOf = (names: string, words: (names: string) => string): readonly string[] =>
  names === '' ? [] : [words(names)];

/** Without them a chat shows nothing that anybody wrote. */
const MESSAGES: WebhookEventType = 'ms.MessagingEventNotification.ContentEvent';

const namesOf = (items: readonly CheckItem[]): string => AND.format(items.map(({ title }) => title));

const isUnsent = ({ arrival }: CheckItem): boolean => arrival === 'unsent';

const AND = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });

const NOTHING_WRONG = $localize`Nothing is wrong, but read what is marked.`;
const STOPPED = $localize`No conversation can be opened before that is mended. The chat still shows earlier ones.`;
const RENEWED = $localize`This server knows the newer secret now: run the check again.`;
const OPEN = $localize`You can open the chat all the same.`;
const OPEN_BUT_MUTE = $localize`You can open the chat, but it will not show what the agent writes.`;
const ALL_ARRIVE = $localize`You can open the chat all the same: every kind of notification arrives here.`;
const NOTHING_SHOWN = $localize`No notification gets through to the chat: it would show only what you send.`;

const unsentWords = (names: string): string => $localize`Without an endpoint, and so not sent: ${names}.`;
