const HOUR = 3600;

/** How long notifications of a failed endpoint can be kept; seconds as the form holds them. @see PROTOCOL.md §4.2.1 */
const CHOICES: readonly number[] = [1, 2, 4, 6, 12, 24, 48, 72].map((hours) => hours * HOUR);

export interface RetentionChoice {
  /** Seconds as a text; empty for none. */
  readonly value: string;
  readonly label: string;
}

/** What can be chosen: the usual times, none, and what the app has now, even when it is none of them. */
export function retentionChoices(current: string): readonly RetentionChoice[] {
  const isOdd = current !== '' && !CHOICES.includes(Number(current));
  const seconds = isOdd ? [...CHOICES, Number(current)].toSorted((a, b) => a - b) : CHOICES;
  return [
    { value: '', label: $localize`Not kept: what cannot be delivered is lost` },
    ...seconds.map((each) => ({ value: String(each), label: durationWords(each) })),
  ];
}

/** “2 hours”, “2 h 33 min 20 s (9200 s)”. */
export function durationWords(seconds: number): string {
  if (seconds % HOUR === 0) return seconds === HOUR ? $localize`1 hour` : $localize`${seconds / HOUR} hours`;
  const parts = [
    [Math.trunc(seconds / HOUR), 'h'],
    [Math.trunc((seconds % HOUR) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const words = parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`);
  return seconds < 60 ? words.join(' ') : `${words.join(' ')} (${seconds} s)`;
}
