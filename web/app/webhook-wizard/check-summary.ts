import { isFine, isWaiting, type CheckItem } from './check-items';

/** How the check went as a whole. */
export interface CheckSummary {
  readonly tone: 'ok' | 'info' | 'warn';
  readonly words: string;
  /** What it means for the chat; `null` where nothing stands in its way. */
  readonly outlook: string | null;
  /** Whether no conversation can be held before that is mended. */
  readonly isStopped: boolean;
}

/** The sentence above the lines: how many need somebody, and whether a conversation can be held all the same. */
export function summaryOf(items: readonly CheckItem[]): CheckSummary {
  const open = items.filter((item) => !isFine(item));
  const faults = open.filter((item) => !isWaiting(item));
  if (open.length === 0) return { tone: 'ok', words: $localize`Everything is in place.`, ...FREE };
  if (faults.length === 0) return { tone: 'info', words: NOTHING_WRONG, ...FREE };
  const words =
    faults.length === 1
      ? $localize`One thing is not in place.`
      : $localize`${faults.length} things are not in place.`;
  const isStopped = faults.some(stopsConversations);
  return { tone: 'warn', words, outlook: isStopped ? STOPPED : ALL_THE_SAME, isStopped };
}

const FREE = { outlook: null, isStopped: false } as const;
const NOTHING_WRONG = $localize`Nothing is wrong, but read what is marked.`;
const STOPPED = $localize`No conversation can be opened before that is mended.`;
const ALL_THE_SAME = $localize`You can open the chat all the same: it shows what arrives here.`;

/** Account, app or secret: without them not even the best endpoint helps. */
const stopsConversations = ({ id, tone }: CheckItem): boolean =>
  tone === 'danger' && ['messaging', 'app', 'secret'].includes(id);
