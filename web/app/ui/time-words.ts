const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const SECONDS = new Intl.DateTimeFormat(undefined, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
});
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const EXACT = new Intl.DateTimeFormat(undefined, {
  ...{ year: 'numeric', month: 'short', day: 'numeric', hourCycle: 'h23' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
});
const CLOCK = new Intl.DateTimeFormat(undefined, {
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' },
});

const DAY_MS = 86_400_000;

/** “10:42”. */
export const timeWords = (at: number): string => TIME.format(at);

/** “10:42:07”. */
export const secondsWords = (at: number): string => SECONDS.format(at);

/** “10:42:07.318”. */
export const clockWords = (at: number): string => CLOCK.format(at);

/** Date, time and milliseconds: for a title. */
export const exactWords = (at: number): string => EXACT.format(at);

/** The day as a person would say it: Today, Yesterday, then weekday and date, then with the year. */
export function dayWords(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return $localize`Today`;
  if (days === 1) return $localize`Yesterday`;
  return isSameYear(at, now) ? DAY.format(at) : DAY_AND_YEAR.format(at);
}

/** The shortest words that tell when: the time today, the weekday this week, else the date. */
export function shortWords(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return timeWords(at);
  if (days > 0 && days < 7) return WEEKDAY.format(at);
  return SHORT_DAY.format(at);
}

/** “Jan 15”. */
export const shortDayWords = (at: number): string => SHORT_DAY.format(at);

/** “92 ms”, “1.4 s”, “3 min”. */
export function spanWords(ms: number): string {
  if (ms < 1_000) return $localize`${Math.round(ms)} ms`;
  return ms < 60_000 ? $localize`${(ms / 1_000).toFixed(1)} s` : $localize`${Math.round(ms / 60_000)} min`;
}

/** “0.20 ms”: as many decimals in each row, so that they stand below each other. */
export const tookWords = (ms: number): string => $localize`${ms.toFixed(2)} ms`;

/** Names the calendar day of this browser's time zone. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** Calendar days, which are not always 24 hours. */
function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / DAY_MS);
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const isSameYear = (one: number, other: number): boolean =>
  new Date(one).getFullYear() === new Date(other).getFullYear();
