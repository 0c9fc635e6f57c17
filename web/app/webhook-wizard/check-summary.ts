import { isFine, isWaiting, type CheckItem } from './check-items';

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
    const outlook = items.some(isLeftOut) ? LEFT_OUT : null;
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
  if (faults.some(stopsConversations)) return { tone: 'danger', outlook: STOPPED, next: 'again' };
  if (faults.some(({ id }) => id === 'secret-renewed')) return { tone: 'warn', outlook: null, next: 'again' };
  const arrives = items.some((item) => item.arrives === true);
  return arrives
    ? { tone: 'warn', outlook: ALL_THE_SAME, next: 'chat' }
    : { tone: 'danger', outlook: NOTHING_ARRIVES, next: 'again' };
}

const NOTHING_WRONG = $localize`Nothing is wrong, but read what is marked.`;
const LEFT_OUT = $localize`Notifications without an endpoint are not sent.`;
const STOPPED = $localize`No conversation can be opened before that is mended. The chat still shows earlier ones.`;
const ALL_THE_SAME = $localize`You can open the chat all the same: it shows what arrives here.`;
const NOTHING_ARRIVES = $localize`No notification arrives here: the chat would show only what you send.`;

const isLeftOut = ({ tone }: CheckItem): boolean => tone === 'neutral';

/** Account, app or secret: without them not even the best endpoint helps. */
const stopsConversations = ({ id, tone }: CheckItem): boolean =>
  tone === 'danger' && ['messaging', 'app', 'secret-missing'].includes(id);
