/** “3”, “1, 2”, “9–34, 40”: those that follow one another as one range; what is no number stays what it is. */
export function sequenceRanges(list: unknown): string {
  if (!Array.isArray(list)) return '';
  const runs: Run[] = [];
  for (const item of list as readonly unknown[]) {
    const run = runs.at(-1);
    if (typeof item === 'number' && typeof run?.last === 'number' && item === run.last + 1) {
      runs[runs.length - 1] = { ...run, last: item, count: run.count + 1 };
    } else runs.push({ first: item, last: item, count: 1 });
  }
  return runs.map(runWords).join(', ');
}

interface Run {
  readonly first: unknown;
  readonly last: unknown;
  readonly count: number;
}

/** Two are no shorter as a range. */
export function runWords({ first, last, count }: Run): string {
  if (count === 1) return plain(first);
  return `${plain(first)}${count === 2 ? ', ' : '–'}${plain(last)}`;
}

const plain = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item));
