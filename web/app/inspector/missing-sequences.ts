import type { ConversationId, DialogId } from '#protocol/identifiers';

import { lowerCase, whose, type ItemHead } from './item-head';
import type { ItemFilter } from './item-filter';
import { withoutSequence, type MissingRun, type SequenceBook } from './sequence-book';
import { runWords } from './sequence-ranges';

/** A row for sequences that are not here, between those that are. */
export interface GapItem extends ItemHead {
  readonly kind: 'gap';
  readonly isInert: true;
  /** The entry of the log before which it stands. */
  readonly before: number;
  readonly words: string;
  /** What may have become of them. */
  readonly hint: string;
}

/** Of a dialog, in ranges. */
export interface MissingInDialog {
  readonly dialogId: DialogId;
  readonly sequences: string;
}

/** Names a sequence of a dialog that is known otherwise, from the history. */
export interface KnownSequence {
  readonly dialogId: DialogId;
  readonly sequence: number;
}

/** For so long a webhook may be overtaken by others, and nothing is told. */
export const OVERTAKEN_MS = 10_000;

/** Rows of gaps have numbers of their own, far below those of what still goes on. */
const FIRST_ID = -1_000_000;

/** What is missing of a conversation, by dialog. */
type Missing = readonly (MissingInDialog & { readonly runs: readonly MissingRun[] })[];

/** What of a conversation is not here although younger ones are; `now`: when somebody looks. */
export function missingOf(
  book: SequenceBook,
  conversationId: ConversationId,
  { known, now }: { readonly known: readonly KnownSequence[]; readonly now: number },
): Missing {
  return [...book].flatMap(([dialogId, dialog]) => {
    if (dialog.conversationId !== conversationId || dialog.missing.length === 0) return [];
    const due = dialog.missing.filter(({ at }) => at + OVERTAKEN_MS <= now);
    const runs = due.length === 0 ? due : withoutKnown(due, dialogId, known);
    return runs.length === 0 ? [] : [{ dialogId, runs, sequences: wordsOf(runs) }];
  });
}

/** When the next gap of the conversation is old enough to be told; `null` when there is none. */
export function nextDueAt(book: SequenceBook, conversationId: ConversationId, now: number): number | null {
  const due = [...book.values()]
    .filter((dialog) => dialog.conversationId === conversationId)
    .flatMap(({ missing }) => missing.map(({ at }) => at + OVERTAKEN_MS))
    .filter((at) => at > now);
  return due.length === 0 ? null : Math.min(...due);
}

/**
 * A row for each place at which something is missing. Where no accept status comes at all, they are the likely reason,
 * and it is told once.
 */
export function gapItems(
  book: SequenceBook,
  conversationId: ConversationId,
  missing: Missing,
): readonly GapItem[] {
  const hasStatuses = [...book.values()].some(
    (dialog) => dialog.conversationId === conversationId && dialog.hasStatuses,
  );
  const runs = missing.flatMap((dialog) => dialog.runs);
  const [first] = runs.toSorted((one, other) => one.before - other.before);
  if (first === undefined) return [];
  if (!hasStatuses) return [gapItem(first, conversationId, { words: onceWords(runs), runs })];
  const places = Map.groupBy(runs, ({ before }) => before);
  return [...places.values()].flatMap((those) => {
    const [place] = those;
    return place === undefined
      ? []
      : [gapItem(place, conversationId, { words: placeWords(those), runs: those })];
  });
}

/** The rows of a list, in the order of the log, with the gaps at their places. */
export function withGapRows<Row extends { readonly id: number }>(
  rows: readonly Row[],
  gaps: readonly GapItem[],
): readonly (Row | GapItem)[] {
  if (gaps.length === 0) return rows;
  const place = (row: Row | GapItem): number => ('before' in row ? row.before - 0.5 : row.id);
  return [...rows, ...gaps].sort((one, other) => place(one) - place(other));
}

/** Those that a list shows: not what was cleared, nor what came after it was paused. @param held What was there when it was. */
export function shownGaps(
  gaps: readonly GapItem[],
  held: { readonly webhooks: readonly { readonly id: number }[] } | null,
  { clearedTo, filter }: GapLimits,
): readonly GapItem[] {
  const heldTo = held?.webhooks.at(-1)?.id ?? Number.MAX_SAFE_INTEGER;
  const isShown = (gap: GapItem): boolean =>
    gap.before > clearedTo && gap.before <= heldTo && (filter === null || filter(gap));
  return gaps.every(isShown) ? gaps : gaps.filter(isShown);
}

interface GapLimits {
  readonly clearedTo: number;
  readonly filter: ItemFilter | null;
}

interface GapParts {
  readonly words: string;
  readonly runs: readonly MissingRun[];
}

function gapItem(
  { before, at }: MissingRun,
  conversationId: ConversationId,
  { words, runs }: GapParts,
): GapItem {
  const sequence = wordsOf(runs);
  return {
    ...{ kind: 'gap', isInert: true, id: FIRST_ID - before, before, at, conversationId, words },
    hint: $localize`Not here: ${sequence}. Neither a webhook nor an answer nor the history had it. It may be for agents only, of a kind that has no endpoint, or still on its way.`,
    fields: lowerCase({ type: 'gap', summary: words, sequence, ...whose(conversationId) }),
  };
}

function placeWords(runs: readonly MissingRun[]): string {
  const sequences = wordsOf(runs);
  return countOf(runs) === 1
    ? $localize`sequence ${sequences} has not come`
    : $localize`sequences ${sequences} have not come`;
}

function onceWords(runs: readonly MissingRun[]): string {
  const count = countOf(runs);
  return count === 1
    ? $localize`1 sequence is not here, perhaps because this app gets no accept statuses`
    : $localize`${count} sequences are not here, perhaps because this app gets no accept statuses`;
}

const sizeOf = ({ first, last }: MissingRun): number => last - first + 1;

const countOf = (runs: readonly MissingRun[]): number => runs.reduce((sum, run) => sum + sizeOf(run), 0);

const wordsOf = (runs: readonly MissingRun[]): string =>
  runs.map((run) => runWords({ ...run, count: sizeOf(run) })).join(', ');

function withoutKnown(
  runs: readonly MissingRun[],
  dialogId: DialogId,
  known: readonly KnownSequence[],
): readonly MissingRun[] {
  return known
    .filter((one) => one.dialogId === dialogId)
    .reduce((left, { sequence }) => withoutSequence(left, sequence), runs);
}
