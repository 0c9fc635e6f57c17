import type { CheckItem } from './check-item';

/** A line of the check, and what several lines have in common above the first of them. */
export interface CheckLine extends CheckItem {
  /** Whether it is what others have in common. */
  readonly isShared?: true;
  /** The first of those that have it in common. */
  readonly first?: string;
}

/** What several lines would say alike is said once, above them; each keeps its verdict and its evidence. */
export function adviceOnce(items: readonly CheckItem[]): readonly CheckLine[] {
  const alike = Map.groupBy(items, adviceOf);
  const isShared = (item: CheckItem): boolean =>
    item.cause !== null && (alike.get(adviceOf(item))?.length ?? 0) > 1;
  const shared = [...alike.values()].filter(([first]) => first !== undefined && isShared(first));
  const begin = items.findIndex(isShared);
  const lines = items.map((item) =>
    isShared(item) ? { ...item, cause: null, remedy: null, way: null } : item,
  );
  return begin === -1 ? lines : lines.toSpliced(begin, 0, ...shared.flatMap(sharedLine));
}

const adviceOf = ({ verdict, cause, remedy, way }: CheckItem): string =>
  JSON.stringify([verdict, cause, remedy, way]);

function sharedLine(lines: readonly CheckItem[]): readonly CheckLine[] {
  return lines.slice(0, 1).map((line) => ({
    ...line,
    id: `shared ${line.verdict} ${line.cause}`,
    title: $localize`${lines.length} endpoints`,
    ...{ detail: '', isCode: false, evidence: [], isShared: true, first: line.id },
  }));
}
